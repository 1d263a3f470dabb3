/** Failures as the page shows them: the message of each is a sentence for people. */
import { type Problem, problemSchema } from '../../protocol/index.ts';
import { SIGNED_OUT } from './access.ts';

/** The server could not be reached, or the connection broke before it had answered. Trying again may help. */
export class NetworkError extends Error {
  constructor(options?: ErrorOptions) {
    super('Bough could not be reached. It may have stopped, or the connection was lost.', options);
    this.name = 'NetworkError';
  }
}

/** The server said no, or could not. `code` is from docs/protocol.md ("Commands"); `unknown` if the answer had none. */
export class ServerError extends Error {
  readonly status: number;
  readonly code: string;
  /** Numbers behind the sentence, by name. */
  readonly facts: Problem['facts'];

  constructor(status: number, code: string, sentence: string, facts?: Problem['facts']) {
    super(sentence);
    this.name = 'ServerError';
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

/** An answer that was read, but is not what the protocol promises. */
export class UnreadableError extends Error {
  constructor(options?: ErrorOptions) {
    super('Bough gave an answer this page does not understand. Reloading the page may help.', options);
    this.name = 'UnreadableError';
  }
}

/** Reads a refusal. Never throws: an answer without a problem document gets a sentence of our own. */
export async function serverError(response: Response): Promise<ServerError> {
  const { status } = response;
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
  if (problem.success) {
    const { code, detail, facts } = problem.data;
    return new ServerError(status, code, detail, facts);
  }
  return new ServerError(status, 'unknown', `Bough refused this (${status}).`);
}

/** The sentence to show for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (isLate(error)) return new NetworkError().message;
  return isFault(error) ? 'Something went wrong. Reloading the page may help.' : (error as Error).message;
}

/** True where nothing that can be expected was thrown: what it was is of use to whoever mends it. */
export function isFault(error: unknown): boolean {
  const isKnown = error instanceof NetworkError || error instanceof ServerError;
  return !isKnown && !(error instanceof UnreadableError) && !isLate(error);
}

/** True where the same request may well succeed later without anybody changing it. */
export function mayPass(error: unknown): boolean {
  // Signed in again, the same goes through.
  return passesByItself(error) || (error instanceof ServerError && error.code === SIGNED_OUT);
}

/** True where the same request may succeed later by itself: the server or its storage is away. */
export function passesByItself(error: unknown): boolean {
  if (error instanceof NetworkError || isLate(error)) return true;
  return error instanceof ServerError && [408, 429, 502, 503, 504].includes(error.status);
}

/** No such stream (404), or one that was deleted while forks still read it (410). */
export function isMissing(error: unknown): boolean {
  return error instanceof ServerError && (error.status === 404 || error.status === 410);
}

/** True for the rejection of an aborted request, which is no failure to show. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** True for the rejection of what was given up because it took too long (`AbortSignal.timeout`). */
function isLate(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
