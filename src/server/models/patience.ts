/**
 * A model on a server of one's own may have to be read from the disk, and its prompt to be worked through, before the first
 * byte: minutes, during which the server says nothing on that line. It is asked on another whether it is there.
 */
import type { ModelRequest, ModelSource } from './port.ts';

export interface Patience {
  /** Between two questions, in ms. Default: 15,000. */
  readonly every?: number;
  /** How long to wait for the first byte in all, in ms. Default: 10 minutes. */
  readonly most?: number;
}

/**
 * Calls `alive` each time `ping` resolves, until `heard` was called, the time is up or `signal` aborts. The caller calls
 * `stop` when the answer ended.
 */
export function waitWith(
  ping: () => Promise<unknown>,
  alive: () => void,
  { every = 15_000, most = 600_000 }: Patience = {},
): { stop(): void } {
  const until = Date.now() + most;
  const timer = setInterval(() => {
    if (Date.now() > until) clearInterval(timer);
    else ping().then(alive, () => {});
  }, every);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** A server of one's own may be loading the model: as long as it answers, it is waited for. */
export async function* patiently(
  ask: (request: ModelRequest) => ReturnType<ModelSource['stream']>,
  request: ModelRequest,
  ping: () => Promise<unknown>,
): ReturnType<ModelSource['stream']> {
  const { alive = () => {} } = request;
  const waiting = waitWith(ping, alive);
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
