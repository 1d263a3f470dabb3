/** The model list of servers that speak OpenAI's API, with what some of them tell beyond OpenAI's shape. */
import { z } from 'zod';
import type { Model, Price } from '../../../protocol/index.ts';
import { askJson } from '../kit/ask-json.ts';
import { malformedFailure } from '../kit/failures.ts';
import { kindOf } from '../kit/known-models.ts';
import { listIn, named } from '../kit/listed.ts';
import type { Basics } from '../kit/source-options.ts';
import { ProviderFailure } from '../port.ts';

const size = z.number().int().positive().optional().catch(undefined);
const dollars = z.coerce.number().nonnegative().optional().catch(undefined);

const entry = z.object({
  id: z.string().min(1).max(300),
  owned_by: z.string().optional().catch(undefined),
  /** OpenRouter and Together; vLLM; LM Studio's own list; llama.cpp. */
  context_length: size,
  max_model_len: size,
  max_context_length: size,
  loaded_context_length: size,
  /** LM Studio: llm, vlm, embeddings. Together: chat, language, image, embedding, ... */
  type: z.string().optional().catch(undefined),
  architecture: z
    .object({ input_modalities: z.array(z.string()), output_modalities: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
  /** OpenRouter: dollars a token. */
  pricing: z
    .object({ prompt: dollars, completion: dollars, input_cache_read: dollars })
    .optional()
    .catch(undefined),
});
type ListedModel = z.infer<typeof entry>;

interface OpenAiList {
  /** In the provider's order, without repeats. */
  readonly models: readonly Model[];
  /** What each is `owned_by`: of servers of one's own often the program. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Throws `ProviderFailure`. @param timeout in ms. */
export async function listOpenAi(basics: Basics, timeout: number): Promise<OpenAiList> {
  const headers = basics.bearer;
  const ask = (url: string) => askJson({ url, headers, timeout, fetch: basics.fetch }, basics.context());
  const entries = entriesOf(await ask(`${basics.baseUrl}/models`));
  if (!entries) throw new ProviderFailure(malformedFailure(basics.context()));
  const more = await beyond(entries, basics, ask).catch(() => new Map<string, Partial<Model>>());
  const date = new Date(basics.context().now).toISOString().slice(0, 10);
  const models = entries.map((one) => ({ ...modelOf(one, basics, date), ...more.get(one.id) }));
  return { models, owners: new Map(entries.map((one) => [one.id, one.owned_by ?? ''])) };
}

function entriesOf(answer: unknown): ListedModel[] | null {
  const list = listIn(answer);
  if (!list) return null;
  const entries = list.map((item) => entry.safeParse(named(item)).data).filter((one) => one !== undefined);
  return [...new Map(entries.map((one) => [one.id, one])).values()];
}

function modelOf(one: ListedModel, { id: source, facts }: Basics, date: string): Model {
  const modalities = one.architecture?.input_modalities;
  return {
    ...{ ref: { source, id: one.id }, name: one.id, sourceName: facts.name, demo: false },
    kind: typedKind(one.type) ?? (chats(one) ? 'chat' : kindOf(one.id)),
    ...windowOf(one),
    ...(modalities && { images: modalities.includes('image'), audio: modalities.includes('audio') }),
    ...(one.type === 'vlm' && { images: true }),
    ...priceIn(one, date),
  };
}

/** It hears, and answers in words: by its name it would be one for speech alone. */
function chats({ architecture }: ListedModel): boolean {
  const { input_modalities: takes = [], output_modalities: gives = [] } = architecture ?? {};
  return takes.includes('text') && takes.includes('audio') && gives.includes('text');
}

/** What is loaded counts, not what could be. */
function windowOf(one: ListedModel): { readonly window?: number } {
  const window =
    one.loaded_context_length ?? one.context_length ?? one.max_model_len ?? one.max_context_length;
  return window === undefined ? {} : { window };
}

function priceIn({ pricing }: ListedModel, date: string): { readonly price?: Price } {
  if (pricing?.prompt === undefined || pricing.completion === undefined) return {};
  const million = (dollar: number) => Math.round(dollar * 1e12) / 1e6;
  const cached = pricing.input_cache_read;
  return {
    price: {
      ...{ input: million(pricing.prompt), output: million(pricing.completion), date },
      ...(cached !== undefined && { cached: million(cached) }),
    },
  };
}

function typedKind(type: string | undefined): Model['kind'] | undefined {
  if (type === undefined) return undefined;
  if (/^(llm|vlm|chat|language|code)$/.test(type)) return 'chat';
  if (/embed|rerank/.test(type)) return 'embedding';
  if (/audio|transcribe|speech/.test(type)) return 'speech';
  return type === 'image' || type === 'video' ? 'image' : undefined;
}

const props = z.object({
  default_generation_settings: z.object({ n_ctx: size }),
  /** Older ones know nothing of audio, and take none. */
  modalities: z
    .object({ vision: z.boolean(), audio: z.boolean().default(false) })
    .optional()
    .catch(undefined),
});

/** What LM Studio and llama.cpp tell elsewhere: windows as loaded, and whether images are seen and audio is heard. */
async function beyond(
  entries: readonly ListedModel[],
  { baseUrl }: Basics,
  ask: (url: string) => Promise<unknown>,
): Promise<ReadonlyMap<string, Partial<Model>>> {
  const { origin } = new URL(baseUrl);
  if (entries.some(({ owned_by: owner }) => owner === 'llamacpp')) {
    const told = props.parse(await ask(`${origin}/props`));
    const window = told.default_generation_settings.n_ctx;
    const { modalities } = told;
    const takes = modalities && { images: modalities.vision, audio: modalities.audio };
    const facts = { ...(window !== undefined && { window }), ...takes };
    return new Map(entries.map(({ id }) => [id, facts]));
  }
  if (entries.some(({ owned_by: owner }) => owner === 'organization_owner')) {
    const told = entriesOf(await ask(`${origin}/api/v0/models`)) ?? [];
    return new Map(
      told.map((one) => {
        const kind = typedKind(one.type);
        const images = kind === 'chat' ? { images: one.type === 'vlm' } : {};
        return [one.id, { ...(kind && { kind }), ...windowOf(one), ...images }];
      }),
    );
  }
  return new Map();
}
