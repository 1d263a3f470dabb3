/** `POST /api/live`: one answer of NDJSON lines for a whole set of streams. */
import { Hono } from 'hono';
import {
  LIVE_BEAT,
  LIVE_DURATION,
  type LiveLine,
  type LiveRequest,
  liveRequestSchema,
  parseStream,
  Refusal,
} from '../../../protocol/index.ts';
import { readBody } from '../kit/body.ts';
import { encoderFor } from '../kit/compress-answers.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { isOf, notForWriters } from '../kit/token-scope.ts';
import { firstOf } from './first-of.ts';
import { liveLines } from './live-lines.ts';
import { openFor, surelyAnEngine } from './prepare.ts';
import { bodyOf, FLOWING } from './response-stream.ts';

/** How long a reader that takes nothing any more is left to take the `bye`. */
const GRACE_MS = 10_000;

export function liveRoutes(services: Services): Hono<AppEnv> {
  const { engine, closing, timing, log } = services;
  const duration = timing?.duration ?? LIVE_DURATION;
  const app = new Hono<AppEnv>();
  app.post('/', async (c) => {
    const { streams } = checked(await readBody(c.req.raw, liveRequestSchema));
    const only = c.get('token')?.conversation;
    if (only !== undefined && !streams.every(({ stream }) => isOf(only, stream))) throw notForWriters(only);
    await reachable(services, streams);
    const ending = firstOf([closing], duration);
    const open = (stream: string): Promise<void> => openFor(services, stream);
    const surely = (): Promise<void> => surelyAnEngine(services);
    const lines = liveLines({ engine, open, surely, streams, ending, beat: timing?.beat ?? LIVE_BEAT, log });
    const { outgoing } = c.env;
    const limit = setTimeout(() => outgoing.destroy(), duration + GRACE_MS);
    outgoing.once('close', () => clearTimeout(limit));
    const encoder = encoderFor(c);
    return new Response(bodyOf(texts(lines), ending.abort, log, encoder), {
      headers: { 'content-type': 'application/x-ndjson', ...FLOWING, ...encoder.headers },
    });
  });
  app.all('/', methodNotAllowed('POST'));
  return app;
}

/** A status says that the engine is away; once the answer has begun, only its end can. @throws {EngineError | Refusal} */
async function reachable(services: Services, [first]: LiveRequest['streams']): Promise<void> {
  if (first && (await services.engine.head(first.stream)) === null) await surelyAnEngine(services);
}

/** An empty line at once: without it nobody could tell a slow storage from something in between that holds the answer back. */
async function* texts(lines: AsyncGenerator<LiveLine, void>): AsyncGenerator<string, void> {
  yield '\n';
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/** @throws {Refusal} 400 for a name that is no stream of Bough, or one asked for twice. */
function checked(request: LiveRequest): LiveRequest {
  const names = new Set<string>();
  for (const { stream } of request.streams) {
    if (!parseStream(stream))
      throw new Refusal(400, 'bad-request', 'One of the names is not that of a stream.');
    if (names.has(stream)) throw new Refusal(400, 'bad-request', 'One of the streams is asked for twice.');
    names.add(stream);
  }
  return request;
}
