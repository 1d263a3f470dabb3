/**
 * The worker's side of each tab's port. A tab proves that it lives by a Web Lock, which its end releases however it ends;
 * the worker does the same, so that its tabs learn of a crash.
 */
import type { Hub, Joined } from './hub.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export type Locks = Pick<LockManager, 'request'>;

/**
 * Serves one tab: it joins with its `hello`, and leaves with `bye` or when its lock is free.
 * @param alive the name of the lock this worker holds for as long as it lives
 */
export function servePort(hub: Hub, port: MessagePort, locks: Locks, alive: string): void {
  let joined: Joined | undefined;
  const end = () => {
    joined?.leave();
    port.onmessage = null;
    port.close();
  };
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'bye') return end();
    if (data.kind !== 'hello') return joined?.send(data);
    port.postMessage({ kind: 'hello', lock: alive } satisfies FromWorker);
    joined = hub.join((message) => port.postMessage(message));
    void locks.request(data.lock, end);
  };
}
