/** Bodies of requests: JSON, never larger than the limit, known to be good before anything is done with them. */
import type * as z from 'zod/mini';
import { BODY_LIMIT, Refusal } from '../../../protocol/index.ts';
import { numberText } from '../../../protocol/language.ts';
import { sentenceOf } from './schema-sentence.ts';

/**
 * The body of `request` as `schema` reads it.
 * @throws {Refusal} `not-json` 415 for another content type, `too-large` 413 as soon as the limit is passed (the rest is
 *   not read), `bad-request` 400 for what is no JSON or what the schema refuses.
 */
export async function readBody<S extends z.ZodMiniType>(request: Request, schema: S): Promise<z.infer<S>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, 'not-json', 'The request must be sent as application/json.');
  }
  const result = schema.safeParse(parseJson(await readText(request)));
  if (!result.success) throw new Refusal(400, 'bad-request', sentenceOf(result.error));
  return result.data;
}

/** The body of `request` as text. Throws Refusal `too-large`, `bad-request`. */
export async function readText(request: Request): Promise<string> {
  const refusal = () => tooLarge('A request', BODY_LIMIT);
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) throw refusal();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request, JSON_PATIENCE)) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) throw refusal();
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

/** How long a body is waited for, in ms: for its next bytes, and for all of it. */
export interface BodyPatience {
  readonly silence: number;
  readonly most: number;
}

/** A file of gigabytes takes as long as its sender's network does. */
const FILE_PATIENCE: BodyPatience = { silence: 60_000, most: Number.POSITIVE_INFINITY };
const JSON_PATIENCE: BodyPatience = { silence: 60_000, most: 300_000 };

/** The body of `request` as it comes. Throws Refusal `bad-request` when the sender leaves in the middle, or is out of `patience`. */
export async function* chunksOf(
  request: Request,
  { silence, most }: BodyPatience = FILE_PATIENCE,
): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  const until = performance.now() + most;
  for (;;) {
    const next = reader?.read().catch(cutOff);
    const chunk = next && (await inTime(next, Math.min(silence, until - performance.now())));
    if (!chunk || chunk.done) return;
    yield chunk.value;
  }
}

async function inTime<T>(next: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), ms);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const tooLarge = (what: string, limit: number): Refusal =>
  new Refusal(413, 'too-large', `${what} can have at most ${numberText(limit)} bytes.`);

function cutOff(): never {
  throw new Refusal(400, 'bad-request', 'The request ended before its body was complete.');
}

const tooSlow = (): Refusal =>
  new Refusal(408, 'bad-request', 'The rest of the request did not come in time. Try again.');

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson();
  }
}

/** Throws Refusal `bad-request`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const notJson = (): Refusal => new Refusal(400, 'bad-request', 'The body of the request is not JSON.');
