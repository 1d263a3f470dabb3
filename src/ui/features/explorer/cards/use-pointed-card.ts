import { useReactFlow } from '@xyflow/react';
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Turn } from '../../../../tree/index.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { togglePicked } from '../../../stores/picked.ts';
import { shownReply } from '../scene/diagram-model.ts';
import type { Point } from '../scene/geometry.ts';
import type { Scene } from '../scene/scene.ts';

/** How far from a card a pointer still means it, in CSS pixels: from afar cards are small. */
const SLACK = 4;
/** How long the pointer rests on a card before it is shown larger, in ms. */
const REST = 300;

/** A card shown larger, and where the pointer rests, in CSS pixels of the window. */
export interface Resting extends Point {
  readonly index: number;
}

/**
 * The card under the pointer, found by its place: the canvas has no elements. A click on it goes there; a pointer that rests asks for its
 * preview, until it leaves, presses or turns its wheel.
 */
export function usePointedCard(
  conversation: string,
  scene: Scene,
  onSelect: (message: string, at?: string) => void,
) {
  const flow = useReactFlow();
  const [over, setOver] = useState(-1);
  const { resting, wait, stop } = useResting();
  const hit = useCallback(
    ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
      const { x, y } = flow.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
      return scene.grid.hit(x, y, SLACK / flow.getZoom());
    },
    [flow, scene],
  );
  const turnAt = useCallback(
    (event: MouseEvent) => {
      const card = scene.cards[hit(event) - 1];
      return card && scene.turns.byId.get(card.id);
    },
    [scene, hit],
  );
  const onPaneClick = useCallback(
    (event: MouseEvent) => {
      const turn = turnAt(event);
      if (turn && event.shiftKey) togglePicked(conversation, turn.id);
      else if (turn) onSelect(messageToGoTo(turn, scene.path), turn.id);
    },
    [scene, turnAt, onSelect, conversation],
  );
  const onPaneContextMenu = useCallback(
    (event: MouseEvent | globalThis.MouseEvent) => {
      const turn = turnAt(event as MouseEvent);
      if (!turn) return;
      event.preventDefault();
      openDialog({ kind: 'menu', messages: [turn.id], x: event.clientX, y: event.clientY });
    },
    [turnAt],
  );
  const handlers = useMemo(
    () => ({
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType === 'touch') return;
        const index = event.buttons === 0 && isOnCanvas(event.target) ? hit(event) : -1;
        setOver(index);
        wait(hasTip(event.target) ? -1 : index, { x: event.clientX, y: event.clientY });
      },
      onPointerLeave: () => {
        setOver(-1);
        stop();
      },
      onPointerDownCapture: stop,
      onWheelCapture: stop,
    }),
    [hit, wait, stop],
  );
  const known = (index: number) => index < scene.count;
  return {
    over: known(over) ? over : -1,
    resting: resting && known(resting.index) ? resting : undefined,
    onPaneClick,
    onPaneContextMenu,
    /** What is drawn moves: the pointer means something else now. */
    moved: stop,
    handlers,
  };
}

/** Where going to a turn goes: to the reply it shows. */
const messageToGoTo = (turn: Turn, path: ReadonlySet<string>): string => shownReply(turn, path) ?? turn.id;

const isOnCanvas = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('.react-flow__panel') === null;

/** What explains itself needs no preview over it. */
const hasTip = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[data-tip]') !== null;

function useResting() {
  const [resting, setResting] = useState<Resting>();
  const waiting = useRef<{ index: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const stop = useCallback(() => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
    setResting(undefined);
  }, []);
  const wait = useCallback(
    (index: number, point: Point) => {
      if (index === waiting.current?.index) return;
      stop();
      // The conversation itself says all it has to say.
      if (index > 0)
        waiting.current = { index, timer: setTimeout(() => setResting({ index, ...point }), REST) };
    },
    [stop],
  );
  useEffect(() => stop, [stop]);
  return { resting, wait, stop };
}
