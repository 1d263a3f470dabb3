/** Web Locks for tests, as Node has none: exclusive locks by name, released when the callback's promise settles. */
import type { Locks } from '../live/ports.ts';

export class FakeLocks {
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly held = new Map<string, () => void>();

  readonly request = ((name: string, ...rest: unknown[]) => {
    const callback = rest.pop() as () => Promise<void> | void;
    const signal = (rest[0] as { signal?: AbortSignal } | undefined)?.signal;
    const before = this.queues.get(name) ?? Promise.resolve();
    const run = before.then(async () => {
      signal?.throwIfAborted();
      await Promise.race([callback(), new Promise<void>((release) => this.held.set(name, release))]);
    });
    this.queues.set(
      name,
      run.catch(() => {}),
    );
    return run;
  }) as Locks['request'];

  /** What the browser does when the holder crashes. */
  break(prefix: string): void {
    for (const [name, release] of this.held) if (name.startsWith(prefix)) release();
  }
}
