import type { EverywhereHit } from '../../../protocol/find/everywhere.ts';
import { showFind } from '../../stores/dialogs.ts';
import type { Route } from '../../stores/route.ts';

export const routeTo = ({ conversation, id }: EverywhereHit): Route => ({
  kind: 'conversation',
  id: conversation,
  message: id,
});

/** With its words marked there, and the other hits of the conversation a key away. To be called when one goes to it. */
export function markWords({ conversation, id, aside }: EverywhereHit, words: string): void {
  if (words.trim() !== '') showFind(true, { conversation, message: id, words, aside: aside === true });
}
