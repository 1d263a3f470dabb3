import { useReactFlow } from '@xyflow/react';
import { type MouseEvent, type PointerEvent, useCallback, useMemo, useState } from 'react';
import type { Turn } from '../../../tree/index.ts';
import { shownReply } from './diagram-model.ts';
import type { Scene } from './scene.ts';

/** How far from a card a pointer still means it, in CSS pixels: from afar cards are small. */
const SLACK = 4;

/** The card under the pointer, found by its place: the canvas has no elements. A click on it goes there. */
export function usePointedCard(scene: Scene, onSelect: (message: string, at?: string) => void) {
  const flow = useReactFlow();
  const [over, setOver] = useState(-1);
  const hit = useCallback(
    ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
      const { x, y } = flow.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
      return scene.grid.hit(x, y, SLACK / flow.getZoom());
    },
    [flow, scene],
  );
  const onPaneClick = useCallback(
    (event: MouseEvent) => {
      const card = scene.cards[hit(event) - 1];
      const turn = card && scene.turns.byId.get(card.id);
      if (turn) onSelect(placeOf(turn, scene.path), turn.id);
    },
    [scene, hit, onSelect],
  );
  const handlers = useMemo(
    () => ({
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType === 'touch' || event.buttons !== 0) return;
        const onPane = event.target instanceof Element && event.target.closest('.react-flow__panel') === null;
        setOver(onPane ? hit(event) : -1);
      },
      onPointerLeave: () => setOver(-1),
    }),
    [hit],
  );
  return { over: over < scene.count ? over : -1, onPaneClick, handlers };
}

/** Where going to a turn goes: to the reply it shows. */
const placeOf = (turn: Turn, path: ReadonlySet<string>): string => shownReply(turn, path) ?? turn.id;
