import type { ConnectionView } from '../types.ts';

/** A wait shorter than this, in ms, is over before anybody has read how long it is. */
const WORTH_COUNTING = 2000;

/** What of a phase (machine.ts, page-reach.ts) is shown. */
type PhaseShown =
  | { readonly kind: 'idle' | 'live' | 'changing' | 'paused' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly delay: number };

/**
 * What the page is told. A loss that the first retry mends is not shown: it lasts a quarter of a second and there is
 * nothing a person could do with it.
 *
 * @param before the view so far; the same object comes back when nothing changed
 * @param now ms since the epoch, when the phase began
 */
export function viewOf(
  { phase }: { readonly phase: PhaseShown },
  before: ConnectionView,
  now: number,
): ConnectionView {
  switch (phase.kind) {
    case 'live':
    case 'changing':
    case 'paused': {
      const kind = phase.kind === 'paused' ? 'paused' : 'live';
      return before.kind === kind ? before : { kind };
    }
    case 'waiting':
      if (phase.attempt < 2) return before;
      if (phase.delay >= WORTH_COUNTING) return { kind: 'offline', retryAt: now + phase.delay };
      return offline(before);
    case 'connecting':
      return phase.attempt < 2 ? before : offline(before);
    case 'idle':
      return before;
  }
}

const offline = (before: ConnectionView): ConnectionView =>
  before.kind === 'offline' && before.retryAt === undefined ? before : { kind: 'offline' };

/** Nothing comes by itself: what goes on elsewhere is not known here. */
export const isCutOff = ({ kind, follows }: ConnectionView): boolean => kind === 'offline' && !follows;

const WORST = ['offline', 'connecting', 'paused', 'live'] as const;

/** Several connections, one view: that of the worst. */
export function worstOf(views: readonly ConnectionView[]): ConnectionView {
  const kind = WORST.find((each) => views.some((view) => view.kind === each));
  return views.find((view) => view.kind === kind) ?? { kind: 'connecting' };
}

/** Whether a page shows the same for both. */
export function sameView(a: ConnectionView, b: ConnectionView): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof ConnectionView>;
  return [...fields].every((field) => a[field] === b[field]);
}
