/**
 * For the public conformance suite alone: our public reads, as they are, beside the engine port's writes as the protocol says
 * them. Bough itself has no such writes over HTTP: commands are its only way in. The suite's streams hold text, bytes and any
 * JSON, under any name; here each value travels in an object, as ours do, under a name of ours.
 */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type Engine, EngineError, type EngineErrorKind, type StreamState } from '../../engine/index.ts';
import { createLog } from '../../log.ts';
import { errorHandler } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { securityHeaders } from '../security.ts';
import { readRoutes } from '../streams/reads.ts';

const PREFIX = '/v1/stream/';
const DEFAULT_TYPE = 'application/octet-stream';

export function bridge(engine: Engine): RequestListener {
  const log = createLog({ level: 'error', write: () => {} });
  const services = {
    engine,
    log,
    closing: new AbortController().signal,
    conversations: { open: async () => {}, openView: async () => {}, newest: async (name: string) => name },
    timing: { longPoll: 500 },
  } as unknown as Services;
  const reads = new Hono<AppEnv>();
  reads.onError(errorHandler(log));
  reads.use(securityHeaders());
  reads.route(PREFIX, readRoutes(services));
  const types = new Map<string, string>();
  const writes = writer(engine, types);
  return getRequestListener(async (request) => {
    const url = new URL(request.url);
    const stream = ownName(url.pathname);
    url.pathname = PREFIX + stream;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return writes(request, stream).catch(
        (error) => new Response(String(error), { status: statusOf(error) }),
      );
    const response = await reads.fetch(new Request(url, request));
    return asStored(response, types.get(stream) ?? DEFAULT_TYPE);
  });
}

function ownName(path: string): string {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 40);
  return `c/conformance/b/${hash}`;
}

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
  const values = (JSON.parse(text) as { x: unknown }[]).map(({ x }) => x);
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

type Write = (request: Request, stream: string) => Promise<Response>;

function writer(engine: Engine, types: Map<string, string>): Write {
  const answer = (status: number, state?: StreamState, more: Record<string, string> = {}): Response =>
    new Response(null, {
      status,
      headers: {
        ...(state && { 'stream-next-offset': state.next }),
        ...(state?.closed && { 'stream-closed': 'true' }),
        ...more,
      },
    });
  const append = (stream: string, body: Buffer, options: { seq?: string; close?: boolean }) => {
    if (!isJson(types.get(stream) ?? ''))
      return engine.append(stream, [{ x: body.toString('base64') }], options);
    const parsed: unknown = JSON.parse(body.toString());
    return engine.append(
      stream,
      (Array.isArray(parsed) ? parsed : [parsed]).map((x) => ({ x })),
      options,
    );
  };
  const put: Write = async (request, stream) => {
    const asked = request.headers.get('content-type');
    const source = request.headers.get('stream-forked-from');
    const from = source === null ? null : ownName(source);
    const type = asked || (from && types.get(from)) || DEFAULT_TYPE;
    const known = types.get(stream);
    if (known && base(known) !== base(type) && (await engine.head(stream))) return answer(409);
    if (from && types.has(from) && base(types.get(from) ?? '') !== base(type)) return answer(409);
    const offset =
      request.headers.get('stream-fork-offset') ?? (from && (await engine.head(from))?.next) ?? '';
    const made = from ? await engine.fork(stream, { stream: from, offset }) : await engine.create(stream);
    types.set(stream, type);
    const body = Buffer.from(await request.arrayBuffer());
    if (made.created && body.length > 0 && body.toString() !== '[]') await append(stream, body, {});
    if (made.created && request.headers.get('stream-closed') === 'true') await engine.close(stream);
    const state = (await engine.head(stream)) ?? made;
    const headers = { 'content-type': type, ...(made.created && { location: request.url }) };
    return answer(made.created ? 201 : 200, state, headers);
  };
  const post: Write = async (request, stream) => {
    const close = request.headers.get('stream-closed') === 'true';
    const body = Buffer.from(await request.arrayBuffer());
    if (body.length === 0 && !close) return answer(400);
    if (body.length === 0) {
      await engine.close(stream);
      return answer(204, (await engine.head(stream)) ?? undefined);
    }
    const type = request.headers.get('content-type');
    if (!type) return answer(400);
    const state = await engine.head(stream);
    if (state && base(type) !== base(types.get(stream) ?? '')) return answer(409);
    const seq = request.headers.get('stream-seq');
    const result = await append(stream, body, { close, ...(seq !== null && { seq }) });
    if (result.kind === 'conflict') return answer(409);
    return answer(result.kind === 'closed' ? 409 : 204, {
      next: result.next,
      closed: close || result.kind === 'closed',
    });
  };
  const remove: Write = async (_request, stream) => {
    const there = await engine.head(stream);
    if (!there) await engine.read(stream, '-1');
    await engine.delete(stream);
    return answer(204);
  };
  const methods: Record<string, Write> = { PUT: put, POST: post, DELETE: remove };
  return async (request, stream) => methods[request.method]?.(request, stream) ?? answer(405);
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
