/** What is named at every zoom: replies that are being written, where Back leads, and branches a person labelled. Pure. */
import { markOf } from '../../../../tree/index.ts';
import { turnsText } from '../scene/amounts.ts';
import { type CardWords, cardWords } from '../scene/card-words.ts';
import { liveOf } from '../scene/forks.ts';
import { indexOfMessage, type Scene, STARRED } from '../scene/scene.ts';
import * as strings from '../strings.ts';

export interface Tag {
  readonly kind: 'live' | 'back' | 'label';
  /** The card it stands on. */
  readonly index: number;
  /** The label, with a star where it is starred; "Live", "2 live"; "You were here". */
  readonly lead: string;
  /** As little of it as says the same; default: all. */
  readonly brief?: string;
  readonly words: CardWords;
}

const WERE = { lead: strings.youWereHere, brief: strings.wasHere } as const;

/** So many labels are looked at. */
const MOST = 400;

/** What is live first; `back` is the card that Back leads to. Default: none. A card has one of each kind at most; what is folded has those of what is in it. Costs O(cards + marks). */
export function tagsOf(scene: Scene, back = -1): readonly Tag[] {
  const live = liveOf(scene).map(({ index, words, replies }): Tag => {
    const lead = replies.length > 1 ? strings.liveSeveral(replies.length) : strings.live;
    return { kind: 'live', index, lead, words: { title: words, amount: amongOf(scene, index) } };
  });
  const left: Tag[] = back < 0 ? [] : [{ kind: 'back', index: back, ...WERE, words: cardWords(scene, back) }];
  const labels = new Map<number, Tag>();
  for (const id of scene.turns.tree.marks.keys()) {
    if (labels.size === MOST) break;
    const { label: lead } = markOf(scene.turns.tree, id);
    const index = lead ? indexOfMessage(scene, id) : undefined;
    if (!lead || index === undefined || labels.has(index)) continue;
    const star = (scene.flags[index] as number) & STARRED ? '★ ' : '';
    labels.set(index, { kind: 'label', index, lead: star + lead, words: cardWords(scene, index) });
  }
  return [...live, ...left, ...labels.values()];
}

/** One tag for a label and the way back that are on the same card: from afar their words would be the same. */
export function joined(tags: readonly Tag[]): readonly Tag[] {
  const back = tags.find(({ kind }) => kind === 'back');
  const label = back && tags.find(({ kind, index }) => kind === 'label' && index === back.index);
  if (!label) return tags;
  const both: Tag = { ...label, lead: `${back.lead} · ${label.lead}` };
  return tags.filter((tag) => tag !== back).map((tag) => (tag === label ? both : tag));
}

/** In how much that is folded a reply is being written; empty where its turn is a card. */
function amongOf({ cards }: Scene, index: number): string {
  const card = cards[index - 1];
  if (!card || card.kind === 'turn') return '';
  if (!card.sum) return strings.amongFolded(card.turns.length);
  const { turns, branches } = card.sum;
  return branches > 1 ? strings.amongBranches(turns, branches) : strings.inBranchOf(turnsText(turns));
}
