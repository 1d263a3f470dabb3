/** What is named at every zoom: branches a person labelled, and replies that are being written. Pure. */
import { markOf } from '../../../tree/index.ts';
import { type Words, wordsOf } from './card-words.ts';
import { indexOfMessage, type Scene, STARRED } from './scene.ts';
import { liveOf } from './signposts.ts';

export interface Tag {
  readonly kind: 'live' | 'label';
  /** The card it stands on. */
  readonly index: number;
  /** The label, with a star where it is starred; "Live", "2 live". */
  readonly lead: string;
  readonly words: Words;
}

/** So many labels are looked at. */
const MOST = 400;

/** What is live first. A card has one of each kind at most; what is folded has those of what is in it. Costs O(cards + marks). */
export function tagsOf(scene: Scene): readonly Tag[] {
  const live = liveOf(scene).map(({ index, words, replies }): Tag => {
    const { amount } = wordsOf(scene, index);
    const lead = replies > 1 ? `${replies} live` : 'Live';
    return { kind: 'live', index, lead, words: { title: words, amount: amount && `in ${amount}` } };
  });
  const labels = new Map<number, Tag>();
  for (const id of scene.turns.tree.marks.keys()) {
    if (labels.size === MOST) break;
    const { label: lead } = markOf(scene.turns.tree, id);
    const index = lead ? indexOfMessage(scene, id) : undefined;
    if (!lead || index === undefined || labels.has(index)) continue;
    const star = (scene.flags[index] as number) & STARRED ? '★ ' : '';
    labels.set(index, { kind: 'label', index, lead: star + lead, words: wordsOf(scene, index) });
  }
  return [...live, ...labels.values()];
}
