/** The live connection in a browser: shared by all its tabs where that works. */
import type { Live, LiveOptions } from './messages.ts';
import { SharedLive } from './shared-live.ts';

declare const __BOUGH_BUILD__: string;

/** The worker carries the name of its build: pages of a new build do not join an old one. */
function startWorker(): SharedWorker {
  return new SharedWorker(new URL('./worker.ts', import.meta.url), {
    name: `bough ${__BOUGH_BUILD__}`,
    type: 'module',
  });
}

export function browserLive({ http, post }: LiveOptions): Live {
  const live = new SharedLive({
    post,
    start: 'SharedWorker' in globalThis ? startWorker : undefined,
    locks: navigator.locks as LockManager | undefined,
    alone: async (hear) => {
      const { LiveConnection } = await import('./connection.ts');
      return new LiveConnection({ http, post: hear, letGo: 'soon' });
    },
  });
  addEventListener('pagehide', () => live.suspend());
  addEventListener('pageshow', ({ persisted }) => persisted && live.resume());
  return live;
}
