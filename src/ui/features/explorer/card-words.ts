/** The words of a card for the canvas. Pure. */
import type { Card } from '../../../tree/index.ts';
import { markOf } from '../../../tree/index.ts';
import { plainLine } from './first-line.ts';
import { turnsText } from './outline-text.ts';
import { LABELLED, type Scene } from './scene.ts';

/** One line: a turn's prompt, how much is folded, the conversation's title. */
export function wordsOf(scene: Scene, index: number): string {
  const card = scene.cards[index - 1];
  if (!card) return scene.title;
  const title = titleOf(scene, card);
  if (card.kind === 'turn') return title || 'Reply';
  return title ? `${amountOf(card)}  “${title}”` : amountOf(card);
}

/** "1 live · 34 turns · 5 branches": what may be cut off comes last. */
export function amountOf({ turns, sum }: Card): string {
  return amountText(sum?.turns ?? turns.length, sum?.branches ?? 1, sum?.live ?? 0);
}

export function amountText(turns: number, branches: number, live: number): string {
  const parts = [live > 0 && `${live} live`, turnsText(turns), branches > 1 && `${branches} branches`];
  return parts.filter(Boolean).join(' · ');
}

export function titleOf({ turns }: Scene, card: Card): string {
  return plainLine(turns.tree.messages.get(card.id)?.preview ?? '');
}

/** What a branch is called: its label, if a person gave one. */
export function labelOf(scene: Scene, index: number): string {
  if (((scene.flags[index] as number) & LABELLED) === 0) return '';
  const card = scene.cards[index - 1];
  const { tree, byId } = scene.turns;
  const messages = (card?.turns ?? []).flatMap((id) => [id, ...(byId.get(id)?.replies ?? [])]);
  return messages.map((id) => markOf(tree, id).label).find(Boolean) ?? '';
}
