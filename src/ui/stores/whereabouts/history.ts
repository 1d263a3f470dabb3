/** What the whereabouts do to the browser's history (decision 0083). */
import { hrefOf, navigate } from '../route.ts';
import { isOn } from './entry.ts';
import type { Effect } from './machine.ts';

/** Does what the whereabouts of a conversation say, while its page is the one that is shown. */
export function apply(conversation: string, effect: Effect): void {
  if (!isOn(conversation)) return;
  if (effect.kind === 'note') return history.replaceState({ ...history.state, place: effect.spot }, '');
  const { spot, from } = effect.entry;
  const state = spot || from ? { ...(spot && { place: spot }), ...(from && { from }) } : null;
  const own = { kind: 'conversation', id: conversation } as const;
  if (effect.kind === 'push')
    return navigate(effect.address && spot ? { ...own, message: spot.at } : own, { state });
  navigate(own, { replace: true, state });
  // Nothing is navigated to where one is, and yet nothing is to be noted there.
  if (state === null) history.replaceState(null, '', hrefOf(own));
}
