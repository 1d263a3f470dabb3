/** A source of any kind; and what an address alone says about its kind. */
import type { ApiKind } from '../../protocol/index.ts';
import type { SourceOptions } from './kit/source-options.ts';
import { type ModelSource, ProviderFailure } from './port.ts';
import { anthropicSource } from './providers/anthropic.ts';
import { ollamaSource } from './providers/ollama.ts';
import { openAiSource } from './providers/openai.ts';
import { openAiCompatibleSource } from './providers/openai-compatible.ts';

const MAKERS: Readonly<Record<ApiKind, (options: SourceOptions) => ModelSource>> = {
  openai: openAiSource,
  anthropic: anthropicSource,
  'openai-compatible': openAiCompatibleSource,
  ollama: ollamaSource,
};

export function makeSource(kind: ApiKind, options: SourceOptions): ModelSource {
  return withTyped(MAKERS[kind](options), options.models ?? []);
}

/** No list at all: nothing at its address, another method, another shape. */
const LISTLESS: readonly string[] = ['no-model', 'malformed', 'bad-request', 'forbidden'];

/** As `source`, with models whose names a person typed: they are there whatever the list says, and where there is none. */
function withTyped(source: ModelSource, typed: readonly string[]): ModelSource {
  if (typed.length === 0) return source;
  const models = typed.map((id) => ({
    ...{ ref: { source: source.id, id }, name: id, sourceName: source.facts.name },
    ...{ demo: false, kind: 'chat' as const },
  }));
  return {
    ...source,
    list: async () => {
      try {
        const listed = await source.list();
        return [...models.filter(({ ref }) => listed.every((one) => one.ref.id !== ref.id)), ...listed];
      } catch (error) {
        if (error instanceof ProviderFailure && LISTLESS.includes(error.failure.code)) return models;
        throw error;
      }
    },
  };
}

/** Ollama is known by its port, whatever route was meant: the one of OpenAI cuts contexts without a word. */
export function kindOfAddress(address: string): ApiKind {
  const { hostname, port } = new URL(address);
  if (hostname === 'api.openai.com') return 'openai';
  if (hostname === 'api.anthropic.com') return 'anthropic';
  return port === '11434' ? 'ollama' : 'openai-compatible';
}

/** The base URL as a source of this kind takes it; a path is added only where there is none. */
export function baseUrlFor(kind: ApiKind, address: string): string {
  const { origin, pathname, search } = new URL(address);
  const path = pathname.replace(/\/+$/, '');
  if (kind === 'ollama') return `${origin}${path.replace(/\/(v1|api)$/, '')}${search}`;
  return `${origin}${path || '/v1'}${search}`;
}
