/** The address of a read: which stream, from where, how. */
import { parseStream, Refusal, START } from '../../../protocol/index.ts';

export const STREAM_PREFIX = '/v1/stream/';

export interface ReadQuery {
  readonly stream: string;
  /** As asked for; `now` is the tail. Default: the start. */
  readonly offset: string;
  readonly live: 'long-poll' | 'sse' | null;
  readonly cursor: string | undefined;
  /** Items wanted at most: our own parameter. */
  readonly max: number | undefined;
  /** From the start of an index: of its newest segment, which begins with all before it. Our own parameter. */
  readonly newest: boolean;
  /** From the start of a segment of an index, without the snapshot it begins with, for one who holds the same. Our own parameter. */
  readonly held: boolean;
}

const OFFSET_LIMIT = 200;
const MAX_LIMIT = 100_000;

/** @throws {Refusal} 404 for what is no stream of Bough, 400 for parameters that cannot be understood. */
export function readQuery(address: URL): ReadQuery {
  const stream = streamOf(address.pathname);
  const offset = single(address, 'offset');
  const live = single(address, 'live') ?? null;
  if (live !== null && live !== 'long-poll' && live !== 'sse') {
    throw bad('The parameter "live" takes long-poll or sse.');
  }
  if (live !== null && offset === undefined) throw bad('A live read needs the parameter "offset".');
  if (offset === '' || (offset?.length ?? 0) > OFFSET_LIMIT) throw badOffset();
  const cursor = single(address, 'cursor');
  const newest = address.searchParams.has('newest');
  const held = address.searchParams.has('held');
  for (const [name, given] of Object.entries({ newest, held })) {
    if (given && (offset !== START || live !== null))
      throw bad(`The parameter "${name}" reads from the start.`);
  }
  return { stream, offset: offset ?? START, live, cursor, max: maxOf(single(address, 'max')), newest, held };
}

/** The stream an address names. Throws Refusal 404 for what is none of Bough. */
export function streamOf(path: string): string {
  const name = decoded(path.slice(STREAM_PREFIX.length));
  if (name === null || !parseStream(name)) throw missing();
  return name;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function single(address: URL, name: string): string | undefined {
  const values = address.searchParams.getAll(name);
  if (values.length > 1) throw bad(`The parameter "${name}" is there more than once.`);
  return values[0];
}

function maxOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const max = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (max < 1 || max > MAX_LIMIT) throw bad(`The parameter "max" takes a number from 1 to ${MAX_LIMIT}.`);
  return max;
}

const bad = (sentence: string): Refusal => new Refusal(400, 'bad-request', sentence);

export const badOffset = (): Refusal =>
  bad('This stream never had that offset. Read it again from the start.');
export const missing = (): Refusal => new Refusal(404, 'not-found', 'There is no such stream.');
