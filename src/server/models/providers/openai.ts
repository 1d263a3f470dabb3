/** OpenAI by its Responses API, models that hear by chat completions: the other takes no audio. Nothing is stored there (`store: false`). */
import type { Model } from '../../../protocol/index.ts';
import { ChatReader } from '../answers/chat.ts';
import { ResponsesReader } from '../answers/responses.ts';
import { knownOf } from '../kit/known-models.ts';
import type { ChatModel } from '../kit/prompt.ts';
import { basicsOf, KnownModels, type SourceOptions } from '../kit/source-options.ts';
import type { ModelSource } from '../port.ts';
import { listOpenAi } from './openai-list.ts';
import { askSdk, type SdkWire } from './sdk-source.ts';

export function openAiSource(options: SourceOptions): ModelSource {
  const { key, listTimeout = 5_000 } = options;
  const basics = basicsOf('openai', options);
  const { id, baseUrl, facts } = basics;
  const known = new KnownModels();
  const thoughtless = new Set<string>();
  // Without a key it would look for one in the environment, which may be meant for another host.
  const sdk = async (fetch: typeof globalThis.fetch) => {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return createOpenAI({ baseURL: baseUrl, apiKey: key ?? 'none', fetch });
  };
  const wire: SdkWire = {
    model: async (name, fetch) => (await sdk(fetch)).responses(name) as ChatModel,
    reader: () => new ResponsesReader(),
    // They could only go back encrypted, as they came.
    thoughts: false,
    providerOptions: { openai: { store: false } },
  };
  const hearing: SdkWire = {
    ...wire,
    model: async (name, fetch) => (await sdk(fetch)).chat(name) as ChatModel,
    reader: () => new ChatReader(),
  };
  return {
    id,
    facts,
    describe: (name) => ({ ...known.describe(name), ...factsOf(name) }),
    list: async () => {
      const { models } = await listOpenAi(basics, listTimeout);
      return known.keep(models.map((model) => withFacts(model)));
    },
    stream: (request) => {
      const { images, audio } = factsOf(request.model.id);
      return askSdk(audio ? hearing : wire, request, basics, { thoughtless, images, audio });
    },
  };
}

/** Of a model nobody knows yet it is known that audio cannot be put to it. */
function factsOf(name: string) {
  const { price: _, audio = false, ...rest } = knownOf('openai', name);
  return { ...rest, audio };
}

/** By their names, models that hear would be for speech alone. */
function withFacts(model: Model): Model {
  const { id } = model.ref;
  const { audio } = factsOf(id);
  return { ...model, ...knownOf('openai', id), audio, ...(audio && { kind: 'chat' }) };
}
