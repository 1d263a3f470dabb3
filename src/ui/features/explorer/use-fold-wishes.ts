import { useEffect } from 'react';
import { takeFoldWish, useFoldWish } from '../../stores/fold-wish.ts';
import { indexOfMessage } from './scene.ts';
import type { DiagramState } from './use-diagram.ts';

/** Folds the run a message is in, or unfolds it, when a menu asks for it. */
export function useFoldWishes({ scene, unfold }: DiagramState): void {
  const { wish } = useFoldWish();
  useEffect(() => {
    if (!wish) return;
    takeFoldWish();
    const card = scene.cards[(indexOfMessage(scene, wish.message) ?? 0) - 1];
    if (card) unfold(card.run, card.id, card.kind === 'turn' ? 'folded' : 'unfolded');
  }, [wish, scene, unfold]);
}
