/** OpenAI by its Responses API. Nothing is stored there (`store: false`). */
import { createOpenAI } from '@ai-sdk/openai';
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
  const wire: SdkWire = {
    // Without a key it would look for one in the environment, which may be meant for another host.
    model: (name, fetch) =>
      createOpenAI({ baseURL: baseUrl, apiKey: key ?? 'none', fetch }).responses(name) as ChatModel,
    reader: () => new ResponsesReader(),
    // They could only go back encrypted, as they came.
    thoughts: false,
    providerOptions: { openai: { store: false } },
  };
  return {
    id,
    facts,
    describe: (name) => ({ ...known.describe(name), ...windowAndImages(name) }),
    list: async () => {
      const { models } = await listOpenAi(basics, listTimeout);
      return known.keep(models.map((model) => ({ ...model, ...knownOf('openai', model.ref.id) })));
    },
    stream: (request) => {
      const { images } = knownOf('openai', request.model.id);
      return askSdk(wire, request, basics, { thoughtless, images });
    },
  };
}

function windowAndImages(name: string) {
  const { window, images } = knownOf('openai', name);
  return { ...(window !== undefined && { window }), ...(images !== undefined && { images }) };
}
