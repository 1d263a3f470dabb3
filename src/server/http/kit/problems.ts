/** Failures as answers: `application/problem+json` with a sentence (docs/protocol.md, "Commands"). */
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { PROBLEM_TYPE, Refusal } from '../../../protocol/index.ts';
import { engineRefusal } from '../../conversations/kit/refusals.ts';
import { diskTrouble } from '../../engine/embedded/explain.ts';
import { EngineError } from '../../engine/index.ts';
import type { Log } from '../../log.ts';
import type { AppEnv } from './services.ts';

/** The answer for a refusal; `headers` are added. */
export function problemResponse(refusal: Refusal, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(refusal.problem), {
    status: refusal.status,
    headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...headers },
  });
}

export const notFound: NotFoundHandler<AppEnv> = () =>
  problemResponse(new Refusal(404, 'not-found', 'There is nothing at this address.'));

/** For a known address: the answer to methods it does not take. */
export const methodNotAllowed = (allow: string) => (): Response =>
  problemResponse(new Refusal(405, 'method-not-allowed', `This address takes ${allow} only.`), { allow });

/** The rest of the body is still to come, and nobody reads it. */
const HALF_READ: ReadonlySet<number> = new Set([408, 413]);

/** The one place where errors become answers. What is no refusal is logged and not told. */
export function errorHandler(log: Log): ErrorHandler<AppEnv> {
  return (error) => {
    if (!(error instanceof Refusal) || error.status >= 500) log.error({ what: 'request failed' }, error);
    if (error instanceof Refusal) {
      return problemResponse(error, HALF_READ.has(error.status) ? { connection: 'close' } : {});
    }
    // Files, keys and tokens are written past the engine.
    const trouble = error instanceof EngineError ? error : diskTrouble(error);
    return problemResponse(trouble ? engineRefusal(trouble) : internal());
  };
}

const internal = (): Refusal =>
  new Refusal(500, 'internal', 'Something went wrong on the server. Its log says more; try again.');
