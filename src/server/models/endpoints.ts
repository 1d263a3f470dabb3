/** Servers of models that a person adds in the app (docs/protocol.md, "Endpoints"). Keys stay here and in their file. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { API_KINDS, type ApiKind, Refusal } from '../../protocol/index.ts';
import type { EndpointCommand, EndpointInput, EndpointOutput } from '../../protocol/models/endpoints.ts';
import { writeOwnFile } from '../whole-file.ts';
import { isForbidden } from './kit/addresses.ts';
import { sourceIdOf } from './kit/source-options.ts';
import { baseUrlFor, kindOfAddress, makeSource } from './make-source.ts';
import { type ModelSource, ProviderFailure } from './port.ts';

export interface Endpoints {
  /** One for each endpoint, the same object until it is changed. */
  sources(): readonly ModelSource[];
  /** Ids of sources that were a person's endpoints once and are not any more, the latest last. */
  removed(): readonly string[];
  /** Throws Refusal. */
  execute<N extends EndpointCommand>(name: N, input: EndpointInput<N>): Promise<EndpointOutput<N>>;
}

export interface EndpointsOptions {
  /** Path of the file. */
  readonly path: string;
  /** For Ollama, in tokens. */
  readonly contextLength?: number | undefined;
  /** Told when the file cannot be read or written; holds nothing of it. */
  readonly trouble: (error: unknown) => void;
}

type Handlers = {
  readonly [N in EndpointCommand]: (input: EndpointInput<N>) => Promise<EndpointOutput<N>>;
};

/** Reads the file; one that is broken is left as it is, and changes are refused until it is mended. */
export async function createEndpoints(options: EndpointsOptions): Promise<Endpoints> {
  const { path, trouble, contextLength } = options;
  let broken = false;
  const read = await readEndpoints(path).catch((error: unknown): EndpointsFile => {
    broken = true;
    trouble(error);
    return { endpoints: [], removed: [] };
  });
  let kept: readonly Endpoint[] = read.endpoints;
  let removed: readonly string[] = read.removed;
  const make = (endpoint: Endpoint) => sourceFor(endpoint, contextLength);
  let sources = new Map(kept.map((one) => [one.id, make(one)]));
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time; in memory once it is on the disk. */
  const change = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => {});
    return next;
  };
  const keep = async (endpoints: readonly Endpoint[]) => {
    if (broken) throw refusals.unreadable();
    const gone = removedBy(kept, endpoints, removed);
    await writeEndpoints(path, { endpoints: [...endpoints], removed: [...gone] }).catch((error: unknown) => {
      trouble(error);
      throw refusals.notKept();
    });
    const before = new Map(kept.map((one) => [one.id, one]));
    const old = sources;
    sources = new Map(
      endpoints.map((one) => [one.id, (before.get(one.id) === one && old.get(one.id)) || make(one)]),
    );
    kept = endpoints;
    removed = gone;
  };
  const find = (id: string | undefined) => kept.find((one) => one.id === id);
  const about = (id: string) => {
    const source = sources.get(id) as ModelSource;
    return { source: { id: source.id, ...source.facts, state: 'asking' as const } };
  };
  const alone = (endpoint: Endpoint) => {
    const id = sourceIdOf(endpoint.baseUrl);
    const other = kept.find((one) => one.id !== endpoint.id && sourceIdOf(one.baseUrl) === id);
    if (other) throw refusals.taken(other.name ?? id);
    return endpoint;
  };

  const handlers: Handlers = {
    test: async ({ baseUrl, kind, key, endpoint, ...more }) => {
      const known = find(endpoint);
      const place = endpointAddress(baseUrl, kind);
      const given = key ?? (known && sameHost(known.baseUrl, place.baseUrl) ? known.key : undefined);
      return test(make({ id: 'test', ...place, ...(given !== undefined && { key: given }), ...more }), place);
    },
    add: ({ id, baseUrl, kind, ...more }) =>
      change(async () => {
        if (find(id)) return about(id);
        await keep([...kept, alone({ id, ...endpointAddress(baseUrl, kind), ...more })]);
        return about(id);
      }),
    change: ({ id, ...wanted }) =>
      change(async () => {
        const known = find(id);
        if (!known) throw refusals.none();
        const next = alone(changed(known, wanted));
        await keep(kept.map((one) => (one.id === id ? next : one)));
        return about(id);
      }),
    remove: ({ id }) =>
      change(async () => {
        if (find(id)) await keep(kept.filter((one) => one.id !== id));
        return {};
      }),
  };
  return {
    sources: () => [...sources.values()],
    removed: () => removed,
    execute: (name, input) => handlers[name](input),
  };
}

/** So many are remembered. */
const REMOVED = 100;

/** What is remembered as removed once `after` is kept in the place of `before`. */
function removedBy(before: readonly Endpoint[], after: readonly Endpoint[], removed: readonly string[]) {
  const idsOf = (endpoints: readonly Endpoint[]) => endpoints.map(({ baseUrl }) => sourceIdOf(baseUrl));
  const now = new Set(idsOf(after));
  return [...new Set([...removed, ...idsOf(before)])].filter((id) => !now.has(id)).slice(-REMOVED);
}

function sourceFor({ id, kind, baseUrl, ...more }: Endpoint, contextLength: number | undefined): ModelSource {
  return makeSource(kind, {
    ...{ baseUrl, found: 'person', endpoint: id },
    ...more,
    ...(contextLength !== undefined && { contextLength }),
  });
}

interface EndpointAddress {
  readonly kind: ApiKind;
  readonly baseUrl: string;
}

/** Names of what an address with a secret in its query would hold: addresses are shown. */
const SECRET = /(key|token|secret|password|sig|signature|auth)$/i;

/** @throws {Refusal} for what is no address, or one that is never asked (decision 0035) */
function endpointAddress(address: string, wanted?: ApiKind): EndpointAddress {
  // "localhost:8080" reads as a scheme; a name with a dot is more likely to be out there, where only https is fit.
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `${schemeFor(address)}://${address}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw refusals.noAddress();
  if (url.username || url.password) throw refusals.secretsInAddress();
  if (url.hash) throw refusals.noAddress();
  if ([...url.searchParams.keys()].some((name) => SECRET.test(name))) throw refusals.secretsInAddress();
  if (isForbidden(url.hostname)) throw refusals.forbidden();
  const kind = wanted ?? kindOfAddress(url.href);
  return { kind, baseUrl: baseUrlFor(kind, url.href) };
}

function schemeFor(address: string): string {
  const host = address.replace(/[/:].*$/, '');
  return /^[\d.]+$/.test(host) || !host.includes('.') || address.startsWith('[') ? 'http' : 'https';
}

/** A key goes to the host it was given for, and never from https to http. */
function sameHost(a: string, b: string): boolean {
  const [one, two] = [new URL(a), new URL(b)];
  return one.host === two.host && (one.protocol === two.protocol || two.protocol === 'https:');
}

function changed(
  known: Endpoint,
  { baseUrl, kind, name, key, keyHeader, models }: Omit<EndpointInput<'change'>, 'id'>,
): Endpoint {
  const place =
    baseUrl === undefined && kind === undefined
      ? { kind: known.kind, baseUrl: known.baseUrl }
      : endpointAddress(baseUrl ?? known.baseUrl, kind ?? (baseUrl === undefined ? known.kind : undefined));
  if (known.key !== undefined && key === undefined && !sameHost(known.baseUrl, place.baseUrl))
    throw refusals.keyForHost(new URL(place.baseUrl).host);
  const next = key === undefined ? known.key : (key ?? undefined);
  const called = name ?? known.name;
  const header = keyHeader === undefined ? known.keyHeader : (keyHeader ?? undefined);
  const typed = models ?? known.models;
  return {
    ...{ id: known.id, ...place },
    ...(called !== undefined && { name: called }),
    ...(next !== undefined && { key: next }),
    ...(header !== undefined && { keyHeader: header }),
    ...(typed && { models: typed }),
  };
}

const NAMES = 5;

async function test(
  source: ModelSource,
  { kind, baseUrl }: EndpointAddress,
): Promise<EndpointOutput<'test'>> {
  try {
    const models = (await source.list()).filter((model) => model.kind === 'chat');
    const names = models.slice(0, NAMES).map(({ name }) => name);
    return { ok: true, kind, baseUrl, models: models.length, names };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    const { code, sentence } = error.failure;
    return { ok: false, code, sentence };
  }
}

const bad = (sentence: string) => new Refusal(400, 'bad-request', sentence);

const refusals = {
  noAddress: () => bad('This is no address of a server: it takes one like https://api.example.com/v1.'),
  secretsInAddress: () =>
    bad('The address holds a user name, password or key: leave them out and put the key into its own field.'),
  forbidden: () => bad('This address is where clouds keep secrets of a machine: Bough never asks there.'),
  keyForHost: (host: string) =>
    bad(`The key was given for another host. Enter the one for ${host}, or forget the key.`),
  taken: (name: string) =>
    new Refusal(409, 'id-taken', `This address is there already, as “${name}”. Change that one.`),
  none: () => new Refusal(404, 'not-found', 'This endpoint is not there any more.'),
  unreadable: () =>
    new Refusal(
      500,
      'internal',
      'The file of endpoints cannot be read. The log of the server says where it is.',
    ),
  notKept: () =>
    new Refusal(500, 'internal', 'The endpoint could not be kept. The log of the server says why.'),
};

// They are kept in a file of the data folder that only its owner reads: it holds keys.
const endpointSchema = z.object({
  id: z.string(),
  kind: z.enum(API_KINDS),
  baseUrl: z.string(),
  name: z.string().optional(),
  key: z.string().optional(),
  keyHeader: z.string().optional(),
  models: z.array(z.string()).optional(),
});
type Endpoint = z.infer<typeof endpointSchema>;

const fileSchema = z.object({
  v: z.literal(1),
  endpoints: z.array(endpointSchema),
  removed: z.array(z.string()).default([]),
});
type EndpointsFile = Pick<z.infer<typeof fileSchema>, 'endpoints' | 'removed'>;

/** None where there is no file. @throws {Error} that repeats nothing of the file, when it cannot be read. */
async function readEndpoints(path: string): Promise<EndpointsFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { endpoints: [], removed: [] };
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is not what Bough wrote: mend it or take it away.`);
  }
}

/** @throws when it cannot be written; what was there stays. */
function writeEndpoints(path: string, { endpoints, removed }: EndpointsFile): Promise<void> {
  return writeOwnFile(
    path,
    `${JSON.stringify({ v: 1, endpoints, ...(removed.length > 0 && { removed }) }, null, 2)}\n`,
  );
}
