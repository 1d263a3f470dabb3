import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { CardView, DiagramModel } from './diagram-model.ts';
import { centreOf, cornerOf, type Point, sizeOf } from './geometry.ts';
import { reducedMotion } from './motion.ts';
import { inSight, outsideMiddle } from './viewport.ts';

const PAN = 250;
/** Smaller than this a card cannot be read: a tree that needs it opens at the reader's place instead of whole. */
const READABLE = 0.75;
/** Then the card stands low on the canvas and, off the first lane, to the right: what led there is above and left of it. */
const OPENING = { zoom: 0.85, down: 0.72, across: { first: 0.4, other: 0.62 } } as const;

interface SteadyViewOptions {
  readonly model: DiagramModel;
  /** The card of the selected message. */
  readonly card: string | undefined;
  /** The card that must not move on the screen when places change: the one last unfolded. */
  readonly touched: string | undefined;
  /** A reply is being written: what is in sight does not move. */
  readonly live: boolean;
}

/**
 * Moves the canvas, and only so: it opens whole or at the selected card; when the selection moves to a card outside the middle 60 % it
 * pans there, once. While a reply is written that waits for its end, unless the card cannot be seen at all, as after a message of
 * one's own; a hand that moves the canvas meanwhile has the last word. When folding or growth changes places, the card one looks at
 * stays where it is on the screen. Returns what a hand's move must call.
 */
export function useSteadyView({ model, card, touched, live }: SteadyViewOptions): { byHand: () => void } {
  const flow = useReactFlow();
  const store = useStoreApi();
  const opened = useRef(false);
  const due = useRef<string>(undefined);
  const shown = useRef<{ readonly model: DiagramModel; readonly touched: string | undefined }>(undefined);

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { model, touched };
    if (!before || before.model === model || !opened.current) return;
    const anchor = touched !== before.touched ? touched : card;
    const moved = anchor === undefined ? undefined : movedBy(before.model, model, anchor);
    if (!moved || (moved.x === 0 && moved.y === 0)) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x - moved.x * zoom, y: y - moved.y * zoom, zoom });
  }, [flow, model, card, touched]);

  const open = useCallback(() => {
    const view = viewOf(model, card);
    const { width, height } = store.getState();
    if (!view || width === 0 || height === 0) return;
    opened.current = true;
    const whole = wholeView(model, width, height);
    if (whole) void flow.setViewport(whole);
    else {
      const { x, y } = centreOf(view.place, view.kind);
      const { zoom } = OPENING;
      const across = view.place.lane === 0 ? OPENING.across.first : OPENING.across.other;
      void flow.setViewport({ x: width * across - x * zoom, y: height * OPENING.down - y * zoom, zoom });
    }
  }, [flow, store, model, card]);

  useEffect(() => {
    if (opened.current) due.current = card;
  }, [card]);

  useEffect(() => {
    if (!opened.current) return open();
    const view = due.current === card ? viewOf(model, card) : undefined;
    if (!view) return;
    const { width, height, transform } = store.getState();
    const box = { ...cornerOf(view.place, view.kind), ...sizeOf(view.kind) };
    if (live && inSight(box, transform, { width, height })) return;
    due.current = undefined;
    const centre = centreOf(view.place, view.kind);
    if (!outsideMiddle(centre, transform, { width, height })) return;
    void flow.setCenter(centre.x, centre.y, { zoom: transform[2], duration: reducedMotion() ? 0 : PAN });
  }, [flow, store, open, model, card, live]);

  // The canvas may get its size after the first effects.
  useEffect(
    () => store.subscribe(({ width, height }) => !opened.current && width > 0 && height > 0 && open()),
    [store, open],
  );

  const byHand = useCallback(() => {
    due.current = undefined;
  }, []);
  return { byHand };
}

const viewOf = (model: DiagramModel, card: string | undefined): CardView | undefined =>
  model.cards.find(({ id }) => id === card);

/** How far the place of a card (or of the segment it was folded into) is from where it was. */
function movedBy(before: DiagramModel, after: DiagramModel, card: string): Point | undefined {
  const was = viewOf(before, before.cardOf.get(card) ?? card);
  const is = viewOf(after, after.cardOf.get(card) ?? card);
  if (!was || !is) return undefined;
  const [from, to] = [centreOf(was.place, was.kind), centreOf(is.place, is.kind)];
  return { x: to.x - from.x, y: to.y - from.y };
}

/** The viewport that shows the whole tree readably, from the top; undefined if there is none. */
function wholeView({ cards }: DiagramModel, width: number, height: number) {
  const margin = 28;
  const ends = cards.map(({ place, kind }) => ({
    ...cornerOf({ lane: place.lane + 1, row: place.row }, kind),
    bottom: cornerOf({ lane: 0, row: place.row + 1 }, 'turn').y,
  }));
  const top = cornerOf({ lane: 0, row: -1 }, 'root').y;
  const right = Math.max(...ends.map(({ x }) => x));
  const bottom = Math.max(...ends.map((end) => end.bottom));
  const zoom = Math.min(1, (width - 2 * margin) / right, (height - 2 * margin) / (bottom - top));
  if (zoom < READABLE) return undefined;
  return { x: Math.max(margin, (width - right * zoom) / 2), y: margin - top * zoom, zoom };
}
