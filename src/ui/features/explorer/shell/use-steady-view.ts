import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { Point } from '../scene/geometry.ts';
import { openingView, withParent } from '../scene/opening-view.ts';
import { boxOf, indexOfMessage, ROOT_CARD, type Scene } from '../scene/scene.ts';
import { broughtInWhole, centreOfBox, inSight, resizedView, type Transform } from '../scene/viewport.ts';
import { reducedMotion } from './motion.ts';

const PAN = 250;
interface Size {
  readonly width: number;
  readonly height: number;
}

interface SteadyViewOptions {
  readonly scene: Scene;
  /** The message that is looked at: the outline's focus, else the selected one. */
  readonly message: string | undefined;
  /** The card that must not move on the screen when places change: the one last unfolded. */
  readonly touched: string | undefined;
  /** A reply is being written: what is in sight does not move. */
  readonly live: boolean;
}

/**
 * Moves the canvas, and only so: it opens whole or at the selected card; when the selection moves to a card that is not clear on the
 * screen it pans, once, and no farther than it must to show that and what it follows, smaller where both have no room. While a reply is written that waits for its end, unless the card cannot
 * be seen at all, as after a message of one's own; a hand that moves the canvas meanwhile has the last word. When folding or growth
 * changes places, the card one looks at stays where it is on the screen. Returns what a hand's move must call.
 */
export function useSteadyView({ scene, message, touched, live }: SteadyViewOptions): { byHand: () => void } {
  const flow = useReactFlow();
  const store = useStoreApi();
  const opened = useRef(false);
  const due = useRef<string>(undefined);
  /** Where a pan that goes on will end: what is asked next is judged from there. */
  const goal = useRef<{ readonly to: Transform; readonly until: number }>(undefined);
  const shown = useRef<{ readonly scene: Scene; readonly touched: string | undefined }>(undefined);

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { scene, touched };
    if (!before || before.scene === scene || !opened.current) return;
    const anchor = touched !== before.touched && touched !== undefined ? touched : message;
    const moved = anchor === undefined ? undefined : movedBy(before.scene, scene, anchor);
    if (!moved || (moved.x === 0 && moved.y === 0)) return;
    const { x, y, zoom } = flow.getViewport();
    goal.current = undefined;
    void flow.setViewport({ x: x - moved.x * zoom, y: y - moved.y * zoom, zoom });
  }, [flow, scene, message, touched]);

  const open = useCallback(() => {
    const index = indexOf(scene, message);
    const { width, height } = store.getState();
    if (index === undefined || width === 0 || height === 0) return;
    opened.current = true;
    void flow.setViewport(openingView(scene, index, { width, height }));
  }, [flow, store, scene, message]);

  useEffect(() => {
    if (opened.current) due.current = message;
  }, [message]);

  useEffect(() => {
    if (!opened.current) return open();
    const index = due.current === message ? indexOf(scene, message) : undefined;
    if (index === undefined) return;
    const { width, height, transform } = store.getState();
    const [box, around] = [boxOf(scene, index), withParent(scene, index)];
    const from = goal.current && goal.current.until > performance.now() ? goal.current.to : transform;
    if (live && inSight(box, from, { width, height })) return;
    due.current = undefined;
    const to = broughtInWhole(box, around, from, { width, height });
    if (!to) return;
    goal.current = { to, until: performance.now() + PAN };
    const [x, y, zoom] = to;
    void flow.setViewport({ x, y, zoom }, { duration: reducedMotion() ? 0 : PAN });
  }, [flow, store, open, scene, message, live]);

  // The canvas may get its size after the first effects.
  useEffect(
    () => store.subscribe(({ width, height }) => !opened.current && width > 0 && height > 0 && open()),
    [store, open],
  );

  // Chat, Split and Tree, a moved line, another window.
  const resized = useEffectEvent((was: Size, is: Size, transform: Transform) => {
    const index = indexOf(scene, message);
    const cards = {
      extent: scene.extent,
      box: index === undefined ? undefined : boxOf(scene, index),
      around: index === undefined ? undefined : withParent(scene, index),
    };
    const to = resizedView(cards, transform, was, is);
    if (to) void flow.setViewport({ x: to[0], y: to[1], zoom: to[2] });
  });
  useEffect(
    () =>
      store.subscribe((is, was) => {
        const same = is.width === was.width && is.height === was.height;
        if (opened.current && !same && was.width > 0 && is.width > 0) resized(was, is, is.transform);
      }),
    [store],
  );

  const byHand = useCallback(() => {
    due.current = undefined;
    goal.current = undefined;
  }, []);
  return { byHand };
}

const indexOf = (scene: Scene, message: string | undefined): number | undefined =>
  message === undefined ? undefined : message === ROOT_CARD ? 0 : indexOfMessage(scene, message);

/** How far what a message is drawn on is from where it was. */
function movedBy(before: Scene, after: Scene, message: string): Point | undefined {
  const [was, is] = [indexOf(before, message), indexOf(after, message)];
  if (was === undefined || is === undefined) return undefined;
  const [from, to] = [centreOfBox(boxOf(before, was)), centreOfBox(boxOf(after, is))];
  return { x: to.x - from.x, y: to.y - from.y };
}
