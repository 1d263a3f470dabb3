/** The sources that are there without being added: of the environment, on this machine, the demo. */

import { baseUrlFor, kindOfAddress, makeSource } from './make-source.ts';
import type { ModelSource } from './port.ts';
import { ANTHROPIC_URL, anthropicSource } from './providers/anthropic.ts';
import { demoSource } from './providers/demo.ts';
import { LOCAL } from './providers/local.ts';
import { ollamaSource } from './providers/ollama.ts';

export interface FoundBy {
  readonly openai?: { readonly baseUrl: string; readonly key?: string };
  readonly anthropic?: { readonly key: string };
  readonly ollama?: { readonly baseUrl?: string; readonly contextLength?: number };
  /** Look for servers on this machine. */
  readonly localModels: boolean;
  readonly demoModes: boolean;
  /** Milliseconds before each word of the demo. Default: its own. */
  readonly demoPause?: number;
}

export interface FoundSources {
  readonly environment: readonly ModelSource[];
  readonly local: readonly ModelSource[];
  readonly demo: ModelSource;
}

export function findSources(settings: FoundBy): FoundSources {
  const contextLength = settings.ollama?.contextLength;
  return {
    environment: ofEnvironment(settings),
    local: settings.localModels
      ? LOCAL.map(({ kind, ...place }) => makeSource(kind, { ...place, found: 'local', contextLength }))
      : [],
    demo: demoSource({ modes: settings.demoModes, wordPause: settings.demoPause }),
  };
}

function ofEnvironment({ openai, anthropic, ollama }: FoundBy): readonly ModelSource[] {
  const sources: ModelSource[] = [];
  if (openai) {
    const kind = kindOfAddress(openai.baseUrl);
    // A path was chosen by a person and stays; only Ollama's own route is replaced.
    const baseUrl = kind === 'ollama' ? baseUrlFor(kind, openai.baseUrl) : openai.baseUrl;
    const variables = { key: 'OPENAI_API_KEY', address: 'OPENAI_BASE_URL' };
    const { contextLength } = ollama ?? {};
    sources.push(makeSource(kind, { ...openai, baseUrl, variables, contextLength }));
  }
  if (anthropic) {
    const variables = { key: 'ANTHROPIC_API_KEY' };
    sources.push(anthropicSource({ baseUrl: ANTHROPIC_URL, ...anthropic, variables }));
  }
  if (ollama?.baseUrl !== undefined) {
    sources.push(ollamaSource({ ...ollama, baseUrl: ollama.baseUrl, name: 'Ollama' }));
  }
  return sources;
}
