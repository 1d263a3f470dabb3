/** Anthropic by its Messages API. */
import { z } from 'zod';
import type { Model } from '../../../protocol/index.ts';
import { MessagesReader } from '../answers/anthropic-messages.ts';
import { askJson } from '../kit/ask-json.ts';
import { malformedFailure } from '../kit/failures.ts';
import { knownOf } from '../kit/known-models.ts';
import { listIn, named } from '../kit/listed.ts';
import type { ChatModel } from '../kit/prompt.ts';
import { type Basics, basicsOf, KnownModels, type SourceOptions } from '../kit/source-options.ts';
import { type ModelSource, ProviderFailure } from '../port.ts';
import { askSdk, type SdkWire } from './sdk-source.ts';

export const ANTHROPIC_URL = 'https://api.anthropic.com/v1';
const VERSION = '2023-06-01';
/** In bytes: 5 MiB an image, counted as base64. */
const IMAGE_LIMIT = (5 * 1024 * 1024 * 3) / 4;

/** Models up to 4.5 go on from a last message of theirs; later ones refuse it. */
const TAKES_PREFIX = /^claude-(2|3|instant|(opus|sonnet|haiku)-4(-[0-5])?(-\d{8}|$|-latest))/;

const entry = z.object({
  id: z.string().min(1).max(300),
  display_name: z.string().optional().catch(undefined),
  max_input_tokens: z.number().int().positive().optional().catch(undefined),
});

export function anthropicSource(options: SourceOptions): ModelSource {
  const { key, listTimeout = 5_000 } = options;
  const basics = basicsOf('anthropic', options);
  const { id, baseUrl, facts } = basics;
  const known = new KnownModels();
  const thoughtless = new Set<string>();
  const wire: SdkWire = {
    model: async (name, fetch) => {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      // Without a key it would look for one in the environment, which may be meant for another host.
      return createAnthropic({ baseURL: baseUrl, apiKey: key ?? 'none', fetch })(name) as ChatModel;
    },
    reader: () => new MessagesReader(),
    // They could only go back signed, as they came.
    thoughts: false,
    prefix: (name) => (TAKES_PREFIX.test(name) ? (body) => body : undefined),
  };
  return {
    id,
    facts,
    describe: (name) => {
      const { price: _, ...facts } = knownOf('anthropic', name);
      return { ...facts, ...known.describe(name), audio: false };
    },
    list: async () => known.keep(await listModels(basics, key, listTimeout)),
    stream: (request) =>
      askSdk(wire, request, basics, {
        ...{ thoughtless, images: knownOf('anthropic', request.model.id).images, imageLimit: IMAGE_LIMIT },
        audio: false,
      }),
  };
}

async function listModels(basics: Basics, key: string | undefined, timeout: number): Promise<Model[]> {
  const headers = { 'anthropic-version': VERSION, ...(key !== undefined && { 'x-api-key': key }) };
  const url = `${basics.baseUrl}/models?limit=1000`;
  const answer = await askJson({ url, headers, timeout, fetch: basics.fetch }, basics.context());
  const list = listIn(answer);
  if (!list) throw new ProviderFailure(malformedFailure(basics.context()));
  const entries = list.map((item) => entry.safeParse(named(item)).data);
  return entries.filter((one) => one !== undefined).map((one) => modelOf(one, basics));
}

function modelOf({ id, ...one }: z.infer<typeof entry>, { id: source, facts }: Basics): Model {
  return {
    ...{ ref: { source, id }, name: one.display_name ?? id, sourceName: facts.name, demo: false },
    ...{ kind: 'chat', imageLimit: IMAGE_LIMIT, ...knownOf('anthropic', id), audio: false },
    ...(one.max_input_tokens !== undefined && { window: one.max_input_tokens }),
  };
}
