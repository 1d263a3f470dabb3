import type { ConnectionView } from '../types.ts';
import type { LiveState } from './machine.ts';

/**
 * What the page is told. A loss that the first retry mends is not shown: it lasts a quarter of a second and there is
 * nothing a person could do with it.
 *
 * @param before the view so far; the same object comes back when nothing changed
 * @param now ms since the epoch, when `state` began
 */
export function viewOf(state: LiveState, before: ConnectionView, now: number): ConnectionView {
  const { phase } = state;
  switch (phase.kind) {
    case 'live':
    case 'changing':
    case 'paused': {
      const kind = phase.kind === 'paused' ? 'paused' : 'live';
      return before.kind === kind ? before : { kind };
    }
    case 'waiting':
      return phase.attempt < 2 ? before : { kind: 'offline', retryAt: now + phase.delay };
    case 'connecting':
      return phase.attempt < 2 || before.kind === 'offline' ? before : { kind: 'offline' };
    case 'idle':
      return before;
  }
}
