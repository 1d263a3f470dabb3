/** Requests to Bough: one place that turns every failure into an error with a sentence. */
import * as z from 'zod/mini';
import type { AccessAnswer } from './access.ts';
import { isAbort, NetworkError, serverError, UnreadableError } from './errors.ts';

export interface Http {
  /** Where the server is, without a slash at the end; '' for the page's own. */
  readonly baseUrl: string;
  /**
   * Sends a request to a path of the server ("/api/models").
   * @throws {NetworkError} the server could not be reached, or has not begun to answer after 30 s
   * @throws {ServerError} any status but 2xx, with the server's sentence
   * @throws {DOMException} `AbortError`, when `init.signal` aborts
   */
  request(path: string, init?: RequestInit): Promise<Response>;
}

const TIMEOUT = 30_000;
/** Longest that an answer which is read whole may take once it has begun, in ms: a connection that died under it says nothing. */
const WHOLE = 180_000;
/** Gives up an answer that has begun. */
const giveUp = new WeakMap<Response, () => void>();

/**
 * @param baseUrl where the server is, without a slash at the end; '' for the page's own.
 * @param heard is called with what each answer says about access
 */
export function createHttp(
  baseUrl: string,
  fetch: typeof globalThis.fetch,
  heard: (answer: AccessAnswer) => void = () => {},
): Http {
  return {
    baseUrl,
    async request(path, init = {}) {
      const { signal, answered, late } = withTimeout(init.signal ?? undefined);
      const response = await fetch(`${baseUrl}${path}`, { ...init, signal })
        .catch((error: unknown) => {
          throw isAbort(error) ? error : new NetworkError({ cause: error });
        })
        .finally(answered);
      giveUp.set(response, late);
      const said = {
        scope: response.headers.get('bough-access'),
        keptAs: response.headers.get('bough-kept-as'),
      };
      if (response.ok) {
        heard(said);
        return response;
      }
      const error = await serverError(response);
      heard({ ...said, code: error.code });
      throw error;
    },
  };
}

/** A signal that aborts with `given`, and after `TIMEOUT` unless the server has begun to answer. */
function withTimeout(given: AbortSignal | undefined) {
  const controller = new AbortController();
  const pass = () => controller.abort(given?.reason);
  if (given?.aborted) pass();
  given?.addEventListener('abort', pass, { once: true });
  const late = () => controller.abort(new DOMException('No answer.', 'TimeoutError'));
  const timer = setTimeout(late, TIMEOUT);
  return { signal: controller.signal, answered: () => clearTimeout(timer), late };
}

export function postJson(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * Reads a JSON answer.
 * @throws {NetworkError} the connection broke in the middle of it, or it has not come whole after 3 min
 * @throws {UnreadableError} it is not what `schema` says
 */
export async function readJson<S extends z.ZodMiniType>(response: Response, schema: S): Promise<z.infer<S>> {
  const timer = setTimeout(() => giveUp.get(response)?.(), WHOLE);
  const text = await response
    .text()
    .catch((error: unknown) => {
      throw isAbort(error) ? error : new NetworkError({ cause: error });
    })
    .finally(() => clearTimeout(timer));
  const result = schema.safeParse(parsed(text));
  if (!result.success) throw new UnreadableError({ cause: result.error });
  return result.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableError({ cause: error });
  }
}

/** Any JSON array: items are read one by one by those who know their schema (docs/protocol.md, "Streams"). */
export const itemsSchema = z.array(z.unknown());
