/** Any server that speaks OpenAI's chat completions: OpenRouter, vLLM, llama.cpp, LM Studio and many more. */
import { ChatReader } from '../answers/chat.ts';
import { isThere, patiently } from '../kit/patience.ts';
import { basicsOf, KnownModels, type SourceOptions, unlessBusy } from '../kit/source-options.ts';
import type { ModelRequest, ModelSource } from '../port.ts';
import { isOwn } from './local.ts';
import { listOpenAi } from './openai-list.ts';
import { askSdk, type BodyChange, type SdkWire } from './sdk-source.ts';

export function openAiCompatibleSource(options: SourceOptions): ModelSource {
  const { key, listTimeout = 5_000 } = options;
  const basics = basicsOf('openai-compatible', options);
  const { id, host, baseUrl, facts } = basics;
  const known = new KnownModels();
  const thoughtless = new Set<string>();
  let owners: ReadonlyMap<string, string> = new Map();
  const wire: SdkWire = {
    model: async (name, fetch, body) => {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const sdk = createOpenAICompatible({
        ...{ name: host, baseURL: baseUrl, includeUsage: true, fetch },
        ...(key !== undefined && { apiKey: key }),
        ...(body && { transformRequestBody: body }),
      });
      return sdk.chatModel(name);
    },
    reader: () => new ChatReader(),
    thoughts: true,
    prefix: (name) => prefixAt(baseUrl, owners.get(name)),
  };
  const ask = (request: ModelRequest) => {
    const { images, audio } = known.describe(request.model.id);
    return askSdk(wire, request, basics, { thoughtless, images, audio });
  };
  const source: ModelSource = {
    id,
    facts,
    describe: (name) => known.describe(name),
    list: async () => {
      const listed = await listOpenAi(basics, listTimeout);
      owners = listed.owners;
      return known.keep(listed.models);
    },
    stream: (request) => (isOwn(host) ? patiently(ask, request, () => isThere(baseUrl)) : ask(request)),
  };
  return isOwn(host) ? unlessBusy(source, known) : source;
}

/** Behind the prompt stands what the template would put before an answer: these leave it out, and thoughts with it. */
const GOES_ON: BodyChange = (body) => ({
  ...body,
  continue_final_message: true,
  add_generation_prompt: false,
  chat_template_kwargs: { enable_thinking: false },
});
/** By the `owned_by` of their lists. llama.cpp goes on from a last message of the model's by itself, if it does not think. */
const OWNERS: Readonly<Record<string, BodyChange>> = {
  llamacpp: (body) => ({ ...body, chat_template_kwargs: { enable_thinking: false } }),
  vllm: GOES_ON,
  sglang: GOES_ON,
  'aphrodite-engine': GOES_ON,
};

/** How a server takes the beginning of an answer; undefined where it is not known to. */
function prefixAt(baseUrl: string, owner: string | undefined): BodyChange | undefined {
  const { hostname, pathname } = new URL(baseUrl);
  const marks = hostname === 'api.mistral.ai' || (hostname === 'api.deepseek.com' && pathname === '/beta');
  return marks ? markedPrefix : OWNERS[owner ?? ''];
}

const markedPrefix: BodyChange = (body) => {
  const messages = body.messages as readonly object[];
  return { ...body, messages: [...messages.slice(0, -1), { ...messages.at(-1), prefix: true }] };
};
