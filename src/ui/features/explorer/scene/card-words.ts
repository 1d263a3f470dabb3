/** The words of a card for the canvas. Pure. */

import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { Card } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';
import { turnsText } from './amounts.ts';
import type { Scene } from './scene.ts';

/** What a card says on one line; `title` gives way where there is no room for both. */
export interface CardWords {
  readonly title: string;
  /** How much it stands for; empty for one turn. */
  readonly amount: string;
}

/** A turn's prompt, where a fold begins and how much it is, the conversation's title. */
export function cardWords(scene: Scene, index: number): CardWords {
  const card = scene.cards[index - 1];
  if (!card) return { title: scene.title, amount: '' };
  const title = plainLine(scene.turns.tree.messages.get(card.id)?.preview ?? '');
  return { title: title || strings.reply, amount: card.kind === 'turn' ? '' : amountOf(card) };
}

/** "34 turns · 5 branches". */
export function amountOf({ turns, sum }: Card): string {
  const branches = sum?.branches ?? 1;
  const much = turnsText(sum?.turns ?? turns.length);
  return branches > 1 ? `${much} · ${strings.branches(branches)}` : much;
}
