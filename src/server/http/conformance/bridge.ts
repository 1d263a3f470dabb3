/**
 * For the public conformance suite alone: our public reads and writes, as they are, on a real write order. The suite's streams hold
 * text, bytes and any JSON, under any name; here each value travels in a message, in a branch.
 */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { branchStream, type Message, newId, parseStream } from '../../../protocol/index.ts';
import { benchWith } from '../../conversations/testing.ts';
import { type Engine, EngineError, type EngineErrorKind } from '../../engine/index.ts';
import { createLog } from '../../log.ts';
import { errorHandler } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { securityHeaders } from '../middleware/security.ts';
import { readRoutes } from '../streams/reads.ts';
import { writeRoutes } from '../streams/writes.ts';

const PREFIX = '/v1/stream/';
const DEFAULT_TYPE = 'application/octet-stream';

export async function bridge(engine: Engine): Promise<RequestListener> {
  const log = createLog({ level: 'error', write: () => {} });
  const { service: conversations } = await benchWith({ engine });
  const services = {
    ...{ engine, log, closing: new AbortController().signal, conversations },
    timing: { longPoll: 500 },
  } as unknown as Services;
  const reads = new Hono<AppEnv>();
  reads.onError(errorHandler(log));
  reads.use(securityHeaders());
  reads.route(PREFIX, writeRoutes(services));
  reads.route(PREFIX, readRoutes(services));
  const types = new Map<string, string>();
  const names = new Names();
  const writes = writer(engine, reads, types, names);
  return getRequestListener(async (request) => {
    const url = new URL(request.url);
    const stream = names.of(url.pathname, request.headers.get('stream-forked-from'));
    const { conversation = '' } = (parseStream(stream) ?? {}) as { conversation?: string };
    if (request.method === 'PUT') await conversations.execute('create', { conversation });
    url.pathname = PREFIX + stream;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return writes(request, stream).catch(
        (error) => new Response(String(error), { status: statusOf(error) }),
      );
    const response = await reads.fetch(new Request(url, request));
    return asStored(response, types.get(stream) ?? DEFAULT_TYPE);
  });
}

/** Streams that fork each other are of one conversation; any other stream begins one. */
class Names {
  readonly #conversations = new Map<string, string>();

  of(path: string, source: string | null = null): string {
    const own = this.#conversations.get(path) ?? (source && this.#conversations.get(source));
    const conversation = own || hashOf(`conversation of ${path}`);
    this.#conversations.set(path, conversation);
    return branchStream(conversation, hashOf(path));
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

const isJson = (type: string): boolean => /^application\/json\b/i.test(type);
const base = (type: string | null): string => (type ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** The values of an answer as they were sent. */
async function asStored(response: Response, type: string): Promise<Response> {
  const { status, headers } = response;
  const kind = headers.get('content-type') ?? '';
  if (status !== 200 || !response.body)
    return response.status === 200 ? typed(response, null, type) : response;
  if (kind.startsWith('text/event-stream')) {
    const text = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(unwrapped(type));
    return new Response(text.pipeThrough(new TextEncoderStream()), { status, headers });
  }
  return typed(response, valuesOf(await response.text(), type), type);
}

function typed(response: Response, body: BodyInit | null, type: string): Response {
  const headers = new Headers(response.headers);
  headers.set('content-type', type);
  return new Response(body, { status: response.status, headers });
}

function valuesOf(text: string, type: string): BodyInit {
  const values = (JSON.parse(text) as Message[]).map(({ parts }) => (parts[0] as DataPart).value);
  if (isJson(type)) return JSON.stringify(values);
  return Buffer.concat(values.map((value) => Buffer.from(value as string, 'base64')));
}

/** Of live events, only the payloads are another's; bytes stay base64. */
function unwrapped(type: string): TransformStream<string, string> {
  const plain = isJson(type) || type.startsWith('text/');
  let rest = '';
  return new TransformStream({
    transform(text, out) {
      const events = (rest + text).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) out.enqueue(`${eventOf(event)}\n\n`);
    },
  });
  function eventOf(event: string): string {
    const [, data] = /^event: ?data\ndata: ?(.*)$/s.exec(event) ?? [];
    // The suite looks for its control events without the space that may follow the colon.
    if (data === undefined) return event.replace('\ndata: ', '\ndata:');
    const values = valuesOf(data, type);
    const text = plain ? values.toString() : (values as Buffer).toString('base64');
    return `event: data\n${text
      .split(/\r\n|\r|\n/)
      .map((line) => `data:${line}`)
      .join('\n')}`;
  }
}

type DataPart = { readonly value: unknown };

type Write = (request: Request, stream: string) => Promise<Response>;

/** Our public writes as they are, but for what the suite's streams hold; deleting is the engine's. */
function writer(engine: Engine, routes: Hono<AppEnv>, types: Map<string, string>, names: Names): Write {
  /** Streams something was said in: what comes then has an id, so that the same again is no retry. */
  const begun = new Set<string>();
  const put: Write = async (request, stream) => {
    const asked = request.headers.get('content-type');
    const source = request.headers.get('stream-forked-from');
    const from = source === null ? null : names.of(source, new URL(request.url).pathname);
    const type = asked || (from && types.get(from)) || DEFAULT_TYPE;
    const [known, of] = [types.get(stream), from && types.get(from)];
    const isOther = [known, of].some((other) => other && base(other) !== base(type));
    const body = await itemsOf(request, type, false);
    const response = await routes.fetch(
      passedOn(request, stream, body, isOther ? 'text/x-other' : JSON_TYPE, from ?? undefined),
    );
    if (response.status === 201 || (response.ok && !known)) types.set(stream, type);
    if (body.length > 2 && response.ok) begun.add(stream);
    return answered(response, request, types.get(stream) ?? type);
  };
  const post: Write = async (request, stream) => {
    const type = request.headers.get('content-type');
    const known = types.get(stream) ?? DEFAULT_TYPE;
    const isOther = type !== null && base(type) !== base(known);
    const isRetried = request.headers.has('producer-id') || request.headers.has('stream-seq');
    const body = await itemsOf(request, known, begun.has(stream) && !isRetried);
    if (body.length > 0) begun.add(stream);
    const sent = type === null ? undefined : isOther ? 'text/x-other' : JSON_TYPE;
    return answered(await routes.fetch(passedOn(request, stream, body, sent)), request, known);
  };
  const remove: Write = async (_request, stream) => {
    const there = await engine.head(stream);
    if (!there) await engine.read(stream, '-1');
    await engine.delete(stream);
    return new Response(null, { status: 204 });
  };
  const methods: Record<string, Write> = { PUT: put, POST: post, DELETE: remove };
  return async (request, stream) =>
    methods[request.method]?.(request, stream) ?? new Response(null, { status: 405 });
}

const JSON_TYPE = 'application/json';

async function itemsOf(request: Request, type: string, named: boolean): Promise<string> {
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length === 0) return '';
  if (!isJson(type)) return JSON.stringify([itemOf(body.toString('base64'), named)]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
  return JSON.stringify((Array.isArray(parsed) ? parsed : [parsed]).map((value) => itemOf(value, named)));
}

const itemOf = (value: unknown, named: boolean) => ({
  ...{ role: 'user', parts: [{ kind: 'data', name: 'x', value }] },
  ...(named && { id: newId() }),
});

function passedOn(
  request: Request,
  stream: string,
  body: string,
  type: string | undefined,
  from?: string,
): Request {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.delete('content-type');
  if (type !== undefined) headers.set('content-type', type);
  if (from !== undefined) headers.set('stream-forked-from', PREFIX + from);
  const address = new URL(PREFIX + stream, request.url);
  // A stream, so that no type is made up for it.
  const sent = body === '' ? {} : { body: new Blob([body]).stream(), duplex: 'half' };
  return new Request(address, { method: request.method, headers, ...sent } as RequestInit);
}

function answered(response: Response, request: Request, type: string): Response {
  const headers = new Headers(response.headers);
  if (response.ok && headers.has('content-type')) headers.set('content-type', type);
  if (headers.has('location')) headers.set('location', request.url);
  return new Response(response.body, { status: response.status, headers });
}

const STATUS: Readonly<Record<EngineErrorKind, number>> = {
  missing: 404,
  gone: 410,
  conflict: 409,
  offset: 400,
  damaged: 500,
  unavailable: 503,
  unlisted: 501,
};

const statusOf = (error: unknown): number => (error instanceof EngineError ? STATUS[error.kind] : 400);
