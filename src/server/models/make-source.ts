/** A source of any kind; and what an address alone says about its kind. */
import type { Source } from '../../protocol/index.ts';
import type { ModelSource } from './port.ts';
import { anthropicSource } from './providers/anthropic.ts';
import { type OllamaOptions, ollamaSource } from './providers/ollama.ts';
import { openAiSource } from './providers/openai.ts';
import { openAiCompatibleSource } from './providers/openai-compatible.ts';

export type SourceKind = Exclude<Source['kind'], 'demo'>;

const MAKERS: Readonly<Record<SourceKind, (options: OllamaOptions) => ModelSource>> = {
  openai: openAiSource,
  anthropic: anthropicSource,
  'openai-compatible': openAiCompatibleSource,
  ollama: ollamaSource,
};

export function makeSource(kind: SourceKind, options: OllamaOptions): ModelSource {
  return MAKERS[kind](options);
}

/** Ollama is known by its port, whatever route was meant: the one of OpenAI cuts contexts without a word. */
export function kindOfAddress(address: string): SourceKind {
  const { hostname, port } = new URL(address);
  if (hostname === 'api.openai.com') return 'openai';
  if (hostname === 'api.anthropic.com') return 'anthropic';
  return port === '11434' ? 'ollama' : 'openai-compatible';
}

/** The base URL as a source of this kind takes it; a path is added only where there is none. */
export function baseUrlFor(kind: SourceKind, address: string): string {
  const bare = address.replace(/\/+$/, '');
  if (kind === 'ollama') return bare.replace(/\/(v1|api)$/, '');
  return new URL(bare).pathname === '/' ? `${bare}/v1` : bare;
}
