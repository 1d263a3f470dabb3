/** Any server that speaks OpenAI's chat completions: OpenRouter, vLLM, llama.cpp, LM Studio and many more. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatReader } from '../answers/chat.ts';
import { isThere, patiently } from '../kit/patience.ts';
import { basicsOf, KnownModels, type SourceOptions, unlessBusy } from '../kit/source-options.ts';
import type { ModelRequest, ModelSource } from '../port.ts';
import { isOwn } from './local.ts';
import { listOpenAi } from './openai-list.ts';
import { askSdk, type SdkWire } from './sdk-source.ts';

export function openAiCompatibleSource(options: SourceOptions): ModelSource {
  const { key, listTimeout = 5_000 } = options;
  const basics = basicsOf('openai-compatible', options);
  const { id, host, baseUrl, facts } = basics;
  const known = new KnownModels();
  const thoughtless = new Set<string>();
  const wire: SdkWire = {
    model: (name, fetch) =>
      createOpenAICompatible({
        ...{ name: host, baseURL: baseUrl, includeUsage: true, fetch },
        ...(key !== undefined && { apiKey: key }),
      }).chatModel(name),
    reader: () => new ChatReader(),
    thoughts: true,
  };
  const ask = (request: ModelRequest) => {
    const { images } = known.describe(request.model.id);
    return askSdk(wire, request, basics, { thoughtless, images });
  };
  const source: ModelSource = {
    id,
    facts,
    describe: (name) => known.describe(name),
    list: async () => known.keep(await listOpenAi(basics, listTimeout)),
    stream: (request) => (isOwn(host) ? patiently(ask, request, () => isThere(baseUrl)) : ask(request)),
  };
  return isOwn(host) ? unlessBusy(source, known) : source;
}
