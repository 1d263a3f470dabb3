import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type CardNode, nodesOf } from '../cards/flow-elements.ts';
import type { ReaderCards } from '../scene/diagram-model.ts';
import type { Scene } from '../scene/scene.ts';
import { AT_ONCE, nearCards } from './near-cards.ts';

const none: readonly string[] = [];
/** As long as a step has room for one more card, in ms; the browser takes as long again to lay it out. */
const SHORT = 8;

/** React Flow's nodes for the cards near the viewport: none when far, and a few more each frame until all are there. */
export function useNearCards(scene: Scene, reader: ReaderCards, isWanted: boolean): CardNode[] {
  const store = useStoreApi();
  const [ids, setIds] = useState(none);
  const mounted = useRef(ids);
  const before = useRef<CardNode[]>([]);

  useEffect(() => {
    if (!isWanted) return;
    let frame = 0;
    let atOnce: number = AT_ONCE.least;
    const update = () => {
      const { transform, width, height } = store.getState();
      const view = { x: transform[0], y: transform[1], zoom: transform[2] };
      const next = nearCards(scene, view, { width, height }, mounted.current, atOnce);
      if (next.ids !== mounted.current) setIds(next.ids);
      mounted.current = next.ids;
      frame = next.more ? requestAnimationFrame(inFrame) : 0;
    };
    // At once: React Flow looks at the sizes of cards once the frame is laid out, and would have more of them mounted while it looks.
    const inFrame = () => {
      const began = performance.now();
      flushSync(update);
      const isShort = performance.now() - began < SHORT;
      atOnce = isShort ? Math.min(AT_ONCE.most, atOnce + 1) : AT_ONCE.least;
    };
    update();
    const stop = store.subscribe((state, was) => {
      const same =
        state.transform === was.transform && state.width === was.width && state.height === was.height;
      if (!same && frame === 0) frame = requestAnimationFrame(inFrame);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [store, scene, isWanted]);

  return useMemo(() => {
    const indexes = ids.map((id) => scene.indexOf.get(id)).filter((index) => index !== undefined);
    // A card may have been folded into another: its id then names the other.
    const nodes = nodesOf(scene, new Set(indexes), reader, before.current);
    before.current = nodes;
    return nodes;
  }, [scene, ids, reader]);
}
