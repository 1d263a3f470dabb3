/**
 * Keeps memory small while much passes through (decision 0257). V8 first looks for garbage once its heap has grown to some 200 MB where the
 * machine has much memory, however little of it is alive; an import of a gigabyte is garbage nearly all of it.
 */
import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Garbage that may gather, in bytes, buffers among it: V8 does not count those, and half of what gathers is of them. */
const MOST = 32_000_000;
/** How often it is looked at, in ms. */
const OFTEN = 100;

/** Collects garbage while `signal` is not aborted, as much as came since the last time. */
export function keepSmall(signal: AbortSignal, collect: () => void = collector()): void {
  let alive = used();
  const timer = setInterval(() => {
    const now = used();
    // V8 did it by itself.
    alive = Math.min(alive, now);
    if (now - alive < MOST) return;
    collect();
    alive = used();
  }, OFTEN);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function used(): number {
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}

/** Nothing where the runtime has no such thing. */
function collector(): () => void {
  try {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as () => void;
  } catch {
    return () => {};
  }
}
