/** What every source of models on the network is made from, and what follows from it. */
import type { Model, Source } from '../../../protocol/index.ts';
import type { ModelName, ModelSource, SourceFacts } from '../port.ts';
import type { FailureContext, Hints } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';

export interface SourceOptions {
  /** With the query that every request is to have, if any (`?api-version=…`). */
  readonly baseUrl: string;
  /** Sent to the host of `baseUrl` and nowhere else. Default: none is sent. */
  readonly key?: string | undefined;
  /** The header the key goes in, as it is. Default: as the kind has it; `api-key` at Azure. */
  readonly keyHeader?: string | undefined;
  /** Names of models that its list need not have. Default: none. */
  readonly models?: readonly string[] | undefined;
  /** What people call it. Default: its host. */
  readonly name?: string | undefined;
  /** Default: `environment`. */
  readonly found?: Source['found'];
  /** The environment variables that set it up. Default: those of OpenAI. */
  readonly variables?: Variables;
  /** Its id among the endpoints of the person. */
  readonly endpoint?: string;
  /** Most tokens of a window, asked of Ollama where a Modelfile does not say otherwise. Default: 8,192. */
  readonly contextLength?: number | undefined;
  /** How long the model list may take, in ms. Default: 5,000. */
  readonly listTimeout?: number;
  /** Makes the `fetch` of each request. Default: the guarded one. */
  readonly fetch?: typeof guardedFetch;
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
}

interface Variables {
  /** Absent: no variable holds one. */
  readonly key?: string;
  /** Absent: its address is what it is. */
  readonly address?: string;
}

const OPENAI: Variables = { key: 'OPENAI_API_KEY', address: 'OPENAI_BASE_URL' };

export interface Basics {
  /** Host and, unless it is `/v1`, path: what messages will name it by. */
  readonly id: string;
  readonly host: string;
  /** Without query, without a slash at its end. */
  readonly baseUrl: string;
  readonly facts: SourceFacts;
  /** Header with the key; empty without one. */
  readonly bearer: Readonly<Record<string, string>>;
  readonly context: (model?: string) => FailureContext;
  /** Every request goes through it: it adds the query and puts the key where it belongs. */
  readonly fetch: typeof guardedFetch;
}

export function basicsOf(kind: Source['kind'], options: SourceOptions): Basics {
  const { key, name, found = 'environment', endpoint, models = [], now = Date.now } = options;
  const { origin, pathname, host, search } = new URL(options.baseUrl);
  const baseUrl = `${origin}${pathname}`.replace(/\/+$/, '');
  const { variables = OPENAI } = options;
  const hints = hintsOf(found, variables);
  return {
    id: sourceIdOf(baseUrl),
    host,
    baseUrl,
    fetch: addressed(options, search),
    bearer: key === undefined ? {} : { authorization: `Bearer ${key}` },
    facts: {
      ...{ name: name ?? host, kind, found, baseUrl: `${baseUrl}${search}`, hasKey: key !== undefined },
      ...(found === 'environment' && { variables: Object.values(variables) }),
      ...(endpoint !== undefined && { endpoint }),
      ...(options.keyHeader !== undefined && { keyHeader: options.keyHeader }),
      ...(models.length > 0 && { models: [...models] }),
    },
    context: (model) => ({
      ...{ host, hints, now: now() },
      ...(model !== undefined && { model }),
      ...(key !== undefined && { key }),
    }),
  };
}

/** Azure takes keys in a header of its own, not as bearer tokens. */
const AZURE = /\.azure\.com$/;

function addressed(options: SourceOptions, search: string): typeof guardedFetch {
  const { fetch = guardedFetch, key } = options;
  const { hostname } = new URL(options.baseUrl);
  const { keyHeader = AZURE.test(hostname) ? 'api-key' : undefined } = options;
  if (search === '' && keyHeader === undefined) return fetch;
  return (guard) => {
    const ask = fetch(guard);
    return (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      for (const [name, value] of new URLSearchParams(search)) url.searchParams.set(name, value);
      const headers = new Headers(init?.headers);
      if (keyHeader !== undefined && key !== undefined) {
        for (const usual of ['authorization', 'x-api-key']) headers.delete(usual);
        headers.set(keyHeader, key);
      }
      return ask(url, { ...init, headers });
    };
  };
}

export function sourceIdOf(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '');
  return `${host}${path === '/v1' ? '' : path}`.slice(0, 100);
}

function hintsOf(found: Source['found'], { key, address }: Variables): Hints {
  if (found === 'environment') {
    const apart = 'Add this server with its key under Models.';
    return {
      wrongKey: key ? `Check ${key} and start Bough again.` : apart,
      noKey: key ? `Set ${key} and start Bough again.` : apart,
      address: address ? `check ${address}` : 'check your network and its proxies',
    };
  }
  if (found === 'person') {
    const where = 'under Models';
    return {
      wrongKey: `Change the key ${where}.`,
      noKey: `Add one ${where}.`,
      address: `check its address ${where}`,
    };
  }
  return { wrongKey: 'Add it under Models.', noKey: 'Add it under Models.', address: 'check that it runs' };
}

/** What the last list said of its models, for `describe`. */
export class KnownModels {
  #models = new Map<string, Model>();

  /** Of the last list; empty before the first. */
  get all(): readonly Model[] {
    return [...this.#models.values()];
  }

  keep(models: readonly Model[]): readonly Model[] {
    this.#models = new Map(models.map((model) => [model.ref.id, model]));
    return models;
  }

  describe(id: string): ModelName {
    const { name = id, window, images, audio } = this.#models.get(id) ?? {};
    return {
      ...{ name, ...(window !== undefined && { window }) },
      ...(images !== undefined && { images }),
      ...(audio !== undefined && { audio }),
    };
  }
}

/**
 * As `source`, but what is known is its list while it writes: a server that does one thing at a time would answer late, and
 * some break off the answer for the list.
 */
export function unlessBusy(source: ModelSource, known: KnownModels): ModelSource {
  let writing = 0;
  return {
    ...source,
    list: async () => (writing > 0 && known.all.length > 0 ? known.all : source.list()),
    async *stream(request) {
      writing += 1;
      try {
        yield* source.stream(request);
      } finally {
        writing -= 1;
      }
    },
  };
}
