/**
 * A model on a server of one's own may have to be read from the disk, and its prompt to be worked through, before the first
 * byte: minutes, during which the server says nothing on that line. It is asked on another whether it is there (decision 0038).
 */

import type { ModelEvent, ModelRequest } from '../port.ts';
import { guardedFetch } from './guarded-fetch.ts';

export interface Patience {
  /** Between two questions, in ms. Default: 15,000. */
  readonly every?: number;
  /** How long to wait for the first byte in all, in ms. Default: 10 minutes. */
  readonly most?: number;
}

/**
 * Resolves when the server at `baseUrl` answers anything at all, rejects when it does not within 5 s. Its list of models is
 * not asked for: some servers break off an answer for that.
 */
export async function isThere(baseUrl: string): Promise<void> {
  const response = await guardedFetch()(`${new URL(baseUrl).origin}/`, {
    signal: AbortSignal.timeout(5_000),
  });
  await response.body?.cancel();
}

/** Asks, and calls the request's `alive` while the first byte is waited for and `ping` resolves. */
export async function* patiently(
  ask: (request: ModelRequest) => AsyncIterable<ModelEvent>,
  request: ModelRequest,
  ping: () => Promise<unknown>,
  patience: Patience = {},
): AsyncGenerator<ModelEvent> {
  const { alive = () => {} } = request;
  const waiting = waitWith(ping, alive, patience);
  try {
    const heard = () => {
      waiting.stop();
      alive();
    };
    yield* ask({ ...request, alive: heard });
  } finally {
    waiting.stop();
  }
}

function waitWith(
  ping: () => Promise<unknown>,
  alive: () => void,
  { every = 15_000, most = 600_000 }: Patience,
): { stop(): void } {
  let left = Math.floor(most / every);
  const timer = setInterval(() => {
    left -= 1;
    if (left < 0) clearInterval(timer);
    else ping().then(alive, () => {});
  }, every);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
