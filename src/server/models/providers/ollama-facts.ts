/** What Ollama tells of its models: `/api/tags` lists them, `/api/show` describes one. */
import { z } from 'zod';
import type { Model } from '../../../protocol/index.ts';
import { askJson } from '../kit/ask-json.ts';
import { malformedFailure } from '../kit/failures.ts';
import { kindOf } from '../kit/known-models.ts';
import type { Basics } from '../kit/source-options.ts';
import { ProviderFailure } from '../port.ts';

const tags = z.object({
  models: z
    .array(z.object({ name: z.string().min(1).max(300), digest: z.string().optional().catch(undefined) }))
    .nullable(),
});
const shown = z.object({
  capabilities: z.array(z.string()).optional().catch(undefined),
  model_info: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Lines of a Modelfile: `num_ctx 8192`. */
  parameters: z.string().optional().catch(undefined),
});

/** What is asked for where neither the Modelfile nor OLLAMA_CONTEXT_LENGTH says: memory grows with it (decision 0034). */
const DEFAULT_CONTEXT = 8_192;

export interface OllamaFacts {
  /** `num_ctx` where nothing else is loaded: what the model can do, the Modelfile or the setting says. */
  readonly window: number;
  /** The Modelfile or the setting says so, and it counts whatever is loaded. */
  readonly fixed: boolean;
  readonly images: boolean;
  readonly audio: boolean;
  readonly thinking: boolean;
  readonly kind: Model['kind'];
}

interface OllamaTag {
  readonly name: string;
  /** Changes with the model. */
  readonly digest?: string | undefined;
}

export async function listTags(basics: Basics, timeout: number): Promise<readonly OllamaTag[]> {
  const answer = await askJson(
    { url: `${basics.baseUrl}/api/tags`, headers: basics.bearer, timeout, fetch: basics.fetch },
    basics.context(),
  );
  const list = tags.safeParse(answer);
  if (!list.success) throw new ProviderFailure(malformedFailure(basics.context()));
  return list.data.models ?? [];
}

const running = z.object({
  models: z.array(
    z.object({ name: z.string(), context_length: z.number().int().positive().optional().catch(undefined) }),
  ),
});

/** Windows of the models that are loaded now, by name. Empty where that cannot be known, as with older versions. */
export async function loadedWindows(basics: Basics, timeout: number): Promise<ReadonlyMap<string, number>> {
  const question = { url: `${basics.baseUrl}/api/ps`, headers: basics.bearer, timeout, fetch: basics.fetch };
  const answer = await askJson(question, basics.context()).catch(() => undefined);
  const models = running.safeParse(answer).data?.models ?? [];
  return new Map(models.flatMap(({ name, context_length: window }) => (window ? [[name, window]] : [])));
}

/**
 * What requests ask for, beside what is loaded: that is used, for another window makes Ollama load the model anew, unless one
 * is set. `loaded` is given where an answer will do that.
 */
export function windowOf(
  { window, fixed }: OllamaFacts,
  name: string,
  windows: ReadonlyMap<string, number>,
): { readonly window: number; readonly loaded?: number } {
  const loaded = windows.get(name) ?? windows.get(`${name}:latest`);
  if (loaded === undefined || loaded === window) return { window };
  return fixed ? { window, loaded } : { window: loaded };
}

/** @param limit of the window, in tokens, where the model itself does not say. Throws `ProviderFailure`. */
export async function show(
  basics: Basics,
  name: string,
  limit: number | undefined,
  timeout: number,
): Promise<OllamaFacts> {
  const url = `${basics.baseUrl}/api/show`;
  const answer = shown.safeParse(
    await askJson(
      { url, headers: basics.bearer, body: { model: name }, timeout, fetch: basics.fetch },
      basics.context(name),
    ),
  );
  if (!answer.success) throw new ProviderFailure(malformedFailure(basics.context(name)));
  return factsOf(answer.data, name, limit);
}

function factsOf(told: z.infer<typeof shown>, name: string, limit: number | undefined): OllamaFacts {
  const { capabilities = ['completion'], model_info: info = {}, parameters = '' } = told;
  const length = Object.entries(info).find(([field]) => field.endsWith('.context_length'))?.[1];
  const most = typeof length === 'number' && length > 0 ? length : Number.POSITIVE_INFINITY;
  const said = /^num_ctx\s+(\d+)/m.exec(parameters)?.[1] ?? limit;
  const own = Number(said ?? DEFAULT_CONTEXT);
  return {
    window: Math.min(own, most),
    fixed: said !== undefined,
    images: capabilities.includes('vision'),
    audio: capabilities.includes('audio'),
    thinking: capabilities.includes('thinking'),
    kind: capabilities.includes('completion')
      ? 'chat'
      : capabilities.includes('embedding')
        ? 'embedding'
        : capabilities.includes('image')
          ? 'image'
          : kindOf(name),
  };
}
