import { useMemo } from 'react';
import { usePicked } from '../../../stores/picked.ts';
import { useTreeHits } from '../../../stores/tree-hits.ts';
import type { HitKind } from '../paint/brush.ts';
import { indexOfMessage, type Scene } from '../scene/scene.ts';

/** Cards with something that was found, stubs and segments included. */
export function useHits(conversation: string, scene: Scene): ReadonlyMap<number, HitKind> {
  const hits = useTreeHits(conversation);
  return useMemo(() => {
    const cards = new Map<number, HitKind>();
    for (const [message, kind] of hits) {
      const index = indexOfMessage(scene, message);
      if (index !== undefined && cards.get(index) !== 'current') cards.set(index, kind);
    }
    return cards;
  }, [hits, scene]);
}

/** Cards that are selected, to do something with all of them. */
export function usePickedCards(conversation: string, scene: Scene): ReadonlySet<number> {
  const picked = usePicked(conversation);
  return useMemo(
    () => new Set(picked.map((id) => indexOfMessage(scene, id)).filter((index) => index !== undefined)),
    [picked, scene],
  );
}
