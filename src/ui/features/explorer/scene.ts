/**
 * The whole diagram in typed arrays: where each card stands, what hangs from what, and what is worth seeing from afar. What a card says is
 * made for the few that are near (`diagram-model.ts`). Pure.
 */
import { type Card, COLOURS, foldTurns, lanesOf, markOf, type Turn } from '../../../tree/index.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { type CardKind, chipCentre, cornerOf, PITCH, sizeOf, TRUNK } from './geometry.ts';
import { type Boxes, extentOf, Grid, type Rect } from './grid.ts';
import {
  BROKEN,
  FORK,
  FRESH,
  KINDS,
  LABELLED,
  LIVE,
  ON_PATH,
  ROOT_CARD,
  ROOT_KIND,
  type SceneArrays,
  type SceneInput,
  STARRED,
  TURN_KIND,
} from './scene-arrays.ts';

export * from './scene-arrays.ts';

export interface Scene extends SceneArrays {
  /** Around all cards, in canvas pixels. */
  readonly extent: Rect;
  readonly grid: Grid;
  /** Around the lines to the cards. */
  readonly lines: Grid;
  readonly blocks: Blocks;
}

/** Folds, places and measures. Costs O(turns shown). */
export function sceneOf(input: SceneInput): Scene {
  const { turns, folding } = input;
  const cards = turns.byId.size === 0 ? [] : foldTurns(turns, folding);
  const count = turns.byId.size === 0 ? 0 : cards.length + 1;
  // With stubs what is drawn depends on the path anyway: then it stands straight.
  const lanes = lanesOf(cards, cards.some(({ kind }) => kind === 'stub') ? folding.path : undefined);
  const arrays = {
    boxes: boxesOf(count),
    kind: new Uint8Array(count),
    lane: new Int32Array(count),
    row: new Int32Array(count),
    flags: new Uint16Array(count),
    parent: new Int32Array(count),
    exit: new Float32Array(count),
    colour: new Uint8Array(count),
  };
  const indexOf = new Map<string, number>();
  if (count > 0) {
    place(arrays, 0, ROOT_KIND, 0, -1, -1);
    arrays.flags[0] = turns.roots.length > 1 ? ON_PATH | FORK : ON_PATH;
    indexOf.set(ROOT_CARD, 0);
  }
  for (const [at, card] of cards.entries()) {
    const index = at + 1;
    place(arrays, index, KINDS.indexOf(card.kind), lanes[at] as number, card.row, card.above + 1);
    for (const turn of card.turns) indexOf.set(turn, index);
  }
  const partial = { ...input, cards, count, ...arrays, indexOf };
  for (let index = 1; index < count; index += 1) describe(partial, index);
  addMarks(partial);
  return {
    ...partial,
    extent: extentOf(arrays.boxes),
    grid: new Grid(arrays.boxes, { width: PITCH.x * 4, height: PITCH.y * 6 }),
    lines: new Grid(lineBoxes(partial), { width: PITCH.x * 4, height: PITCH.y * 6 }),
    blocks: blocksOf(partial),
  };
}

const boxesOf = (count: number) => ({
  left: new Float32Array(count),
  top: new Float32Array(count),
  right: new Float32Array(count),
  bottom: new Float32Array(count),
});

type Placed = Pick<SceneArrays, 'boxes' | 'kind' | 'lane' | 'row' | 'parent'>;

function place(arrays: Placed, index: number, kind: number, lane: number, row: number, parent: number): void {
  const name = KINDS[kind] as CardKind;
  const { x, y } = cornerOf({ lane, row }, name);
  const { width, height } = sizeOf(name);
  arrays.boxes.left[index] = x;
  arrays.boxes.top[index] = y;
  arrays.boxes.right[index] = x + width;
  arrays.boxes.bottom[index] = y + height;
  arrays.kind[index] = kind;
  arrays.lane[index] = lane;
  arrays.row[index] = row;
  arrays.parent[index] = parent;
}

/** What is worth knowing of a card, and where its line leaves the card above. */
function describe(scene: SceneArrays, index: number): void {
  const card = scene.cards[index - 1] as Card;
  const { turns, path, flags } = scene;
  const parent = scene.parent[index] as number;
  let bits = path.has(card.id) ? ON_PATH : 0;
  if (card.sum) {
    if (card.sum.live > 0) bits |= LIVE;
    if (isFresh(scene, card.sum.time)) bits |= FRESH;
  } else for (const id of card.turns) bits |= flagsOf(scene, turns.byId.get(id) as Turn);
  const last = turns.byId.get(card.turns[card.turns.length - 1] as string) as Turn;
  if (!card.sum && last.children.length > 1) bits |= FORK;
  flags[index] = bits;
  scene.exit[index] = exitOf(scene, card, parent);
}

function flagsOf(scene: SceneArrays, { replies }: Turn): number {
  const { tree } = scene.turns;
  let bits = 0;
  for (const id of replies) {
    const message = tree.messages.get(id);
    if (!message) bits |= LIVE;
    else if (message.finish && message.finish.reason !== 'complete') bits |= BROKEN;
    if (message && isFresh(scene, message.finish?.at ?? message.time) && !scene.path.has(id)) bits |= FRESH;
  }
  return bits;
}

const isFresh = ({ looked }: SceneInput, time: number): boolean => looked !== undefined && time > looked;

function exitOf({ boxes, kind, turns, cards }: SceneArrays, card: Card, parent: number): number {
  const left = boxes.left[parent] as number;
  if (kind[parent] !== TURN_KIND || card.via === null) return left + TRUNK;
  const above = turns.byId.get((cards[parent - 1] as Card).id) as Turn;
  return left + chipCentre(Math.max(0, above.replies.indexOf(card.via)));
}

/** Stars, labels and colours; a colour goes down the branch, until another begins. */
function addMarks(scene: SceneArrays): void {
  const { turns, flags, colour, parent, count } = scene;
  const own = new Map<number, number>();
  for (const id of turns.tree.marks.keys()) {
    const index = indexOfMessage(scene, id);
    if (index === undefined) continue;
    const mark = markOf(turns.tree, id);
    if (mark.star) flags[index] = (flags[index] as number) | STARRED;
    if (mark.label) flags[index] = (flags[index] as number) | LABELLED;
    if (mark.colour) own.set(index, COLOURS.indexOf(mark.colour) + 1);
  }
  if (own.size === 0) return;
  for (let index = 1; index < count; index += 1) {
    colour[index] = own.get(index) ?? (colour[parent[index] as number] as number);
  }
}

/** Around the line from each card to the one above it. */
function lineBoxes({ boxes, parent, exit, count }: SceneArrays): Boxes {
  const lines = boxesOf(count);
  for (let index = 0; index < count; index += 1) {
    const above = Math.max(0, parent[index] as number);
    const entry = (boxes.left[index] as number) + TRUNK;
    const leave = index === 0 ? entry : (exit[index] as number);
    lines.left[index] = Math.min(entry, leave);
    lines.right[index] = Math.max(entry, leave);
    lines.top[index] = boxes.bottom[above] as number;
    lines.bottom[index] = Math.max(boxes.top[index] as number, boxes.bottom[above] as number);
  }
  return lines;
}

export type Finding = Pick<Scene, 'turns' | 'indexOf'>;

/** The card a message is drawn on, the stub it is hidden in included. */
export function indexOfMessage({ turns, indexOf }: Finding, message: string): number | undefined {
  let turn = turns.turnOf.get(message);
  while (turn !== undefined) {
    const index = indexOf.get(turn);
    if (index !== undefined) return index;
    turn = turns.byId.get(turn)?.parent ?? undefined;
  }
  return undefined;
}

export const idOf = ({ cards }: Pick<Scene, 'cards'>, index: number): string =>
  index === 0 ? ROOT_CARD : (cards[index - 1] as Card).id;

/** The box of a card, in canvas pixels. */
export function boxOf({ boxes }: Pick<Scene, 'boxes'>, index: number): Rect {
  return {
    left: boxes.left[index] as number,
    top: boxes.top[index] as number,
    right: boxes.right[index] as number,
    bottom: boxes.bottom[index] as number,
  };
}

export const isOnPath = ({ flags }: Pick<Scene, 'flags'>, index: number): boolean =>
  ((flags[index] as number) & ON_PATH) !== 0;
