/**
 * The whole diagram in typed arrays: where each card stands, what hangs from what, and what is worth seeing from afar. What a card says is
 * made for the few that are near (`diagram-model.ts`). Pure.
 */
import { type Card, cardsStill, foldTurns, lanesOf } from '../../../../tree/index.ts';
import { addMarks, flagsOf } from './badges.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { type CardKind, chipCentre, cornerOf, PITCH, sizeOf, TRUNK } from './geometry.ts';
import { type Boxes, extentOf, Grid, type Rect } from './grid.ts';
import {
  FORK,
  KINDS,
  ON_PATH,
  ROOT_CARD,
  ROOT_KIND,
  type SceneArrays,
  type SceneInput,
  TURN_KIND,
} from './scene-arrays.ts';

export * from './scene-arrays.ts';

export interface Scene extends SceneArrays {
  /** Around all cards, in canvas pixels. */
  readonly extent: Rect;
  readonly grid: Grid;
  /** Around the lines to the cards. */
  readonly lines: Grid;
  /** Made when first asked for: near, nobody needs them in the frame in which a message comes. */
  readonly blocks: Blocks;
}

/** What a card stands for and where: the same from one scene to the next while the same cards are shown. */
type Layout = Pick<
  Scene,
  'count' | 'boxes' | 'kind' | 'lane' | 'row' | 'parent' | 'indexOf' | 'extent' | 'grid'
>;

/**
 * Folds, places and measures. With `before`, an earlier scene of the same conversation, only what may have changed is done again. Costs
 * O(turns shown), little where the same cards are shown.
 */
export function sceneOf(input: SceneInput, before?: Scene): Scene {
  const { path } = input.folding;
  const still = before && stillShown(before, input);
  const cards = still ?? cardsOf(input, before);
  const kept = before && (still || isPlacedAs(before, cards, path)) ? before : undefined;
  const { count, ...layout } = kept ? layoutIn(kept) : layoutOf(cards, path);
  const arrays = {
    flags: new Uint16Array(count),
    exit: new Float32Array(count),
    colour: new Uint8Array(count),
  };
  const scene = { ...input, cards, count, ...layout, ...arrays };
  if (count > 0) scene.flags[0] = input.turns.roots.length > 1 ? ON_PATH | FORK : ON_PATH;
  for (let index = 1; index < count; index += 1) describe(scene, index);
  addMarks(scene);
  const lines = kept && isSame(kept.exit, scene.exit) ? kept.lines : new Grid(lineBoxes(scene), CELL);
  let blocks: Blocks | undefined;
  return {
    ...scene,
    lines,
    get blocks() {
      blocks ??= blocksOf(scene);
      return blocks;
    },
  };
}

const cardsOf = ({ turns, folding }: SceneInput, before: Scene | undefined): readonly Card[] =>
  turns.byId.size === 0 ? [] : foldTurns(turns, folding, before?.cards);

/** The cards where nothing but what replies are has changed. */
function stillShown({ cards, turns, folding, indexOf }: Scene, now: SceneInput): readonly Card[] | undefined {
  if (folding !== now.folding || turns.byId.size !== now.turns.byId.size) return undefined;
  return cardsStill(cards, turns, now.turns, (turn) => {
    const index = indexOf.get(turn);
    return index === undefined ? undefined : index - 1;
  });
}

const CELL = { width: PITCH.x * 4, height: PITCH.y * 6 } as const;

function layoutOf(cards: readonly Card[], path: ReadonlySet<string>): Layout {
  const count = cards.length === 0 ? 0 : cards.length + 1;
  const lanes = lanesOf(cards, placedBy(cards, path));
  const arrays = {
    boxes: boxesOf(count),
    kind: new Uint8Array(count),
    lane: new Int32Array(count),
    row: new Int32Array(count),
    parent: new Int32Array(count),
  };
  const indexOf = new Map<string, number>();
  if (count > 0) {
    place(arrays, 0, ROOT_KIND, 0, -1, -1);
    indexOf.set(ROOT_CARD, 0);
  }
  for (const [at, card] of cards.entries()) {
    const index = at + 1;
    place(arrays, index, KINDS.indexOf(card.kind), lanes[at] as number, card.row, card.above + 1);
    for (const turn of card.turns) indexOf.set(turn, index);
  }
  const { boxes } = arrays;
  return { count, ...arrays, indexOf, extent: extentOf(boxes), grid: new Grid(boxes, CELL) };
}

function layoutIn({ count, boxes, kind, lane, row, parent, indexOf, extent, grid }: Scene): Layout {
  return { count, boxes, kind, lane, row, parent, indexOf, extent, grid };
}

/** With stubs what is drawn depends on the path anyway: then it stands straight. */
const placedBy = (cards: readonly Card[], path: ReadonlySet<string>) =>
  cards.some(({ kind }) => kind === 'stub') ? path : undefined;

function isPlacedAs({ cards, folding }: Scene, now: readonly Card[], path: ReadonlySet<string>): boolean {
  if (cards.length !== now.length) return false;
  for (let at = 0; at < now.length; at += 1) {
    const [was, is] = [cards[at] as Card, now[at] as Card];
    const same =
      was.id === is.id &&
      was.kind === is.kind &&
      was.above === is.above &&
      was.time === is.time &&
      was.turns.length === is.turns.length &&
      was.turns[was.turns.length - 1] === is.turns[is.turns.length - 1];
    if (!same) return false;
  }
  const placed = placedBy(now, path);
  return !placed || now.every(({ id }) => folding.path.has(id) === placed.has(id));
}

const isSame = (was: Float32Array, is: Float32Array): boolean => was.every((value, at) => value === is[at]);

const boxesOf = (count: number) => ({
  left: new Float32Array(count),
  top: new Float32Array(count),
  right: new Float32Array(count),
  bottom: new Float32Array(count),
});

type Placed = Pick<Layout, 'boxes' | 'kind' | 'lane' | 'row' | 'parent'>;

/** By kind: sizes, and how far below the top of its row a card stands. */
const SHAPES = KINDS.map((kind: CardKind) => ({
  ...sizeOf(kind),
  down: cornerOf({ lane: 0, row: 0 }, kind).y,
}));

function place(arrays: Placed, index: number, kind: number, lane: number, row: number, parent: number): void {
  const { width, height, down } = SHAPES[kind] as (typeof SHAPES)[number];
  const { boxes } = arrays;
  const x = lane * PITCH.x;
  const y = row * PITCH.y + down;
  boxes.left[index] = x;
  boxes.top[index] = y;
  boxes.right[index] = x + width;
  boxes.bottom[index] = y + height;
  arrays.kind[index] = kind;
  arrays.lane[index] = lane;
  arrays.row[index] = row;
  arrays.parent[index] = parent;
}

/** What is worth knowing of a card, and where its line leaves the card above. */
function describe(scene: SceneArrays, index: number): void {
  const card = scene.cards[index - 1] as Card;
  scene.flags[index] = flagsOf(scene, card);
  scene.exit[index] = exitOf(scene, card, scene.parent[index] as number);
}

function exitOf({ boxes, kind, cards }: SceneArrays, { via }: Card, parent: number): number {
  const left = boxes.left[parent] as number;
  if (kind[parent] !== TURN_KIND || via === null) return left + TRUNK;
  const { replies } = (cards[parent - 1] as Card).last;
  return left + chipCentre(Math.max(0, replies.indexOf(via)));
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
