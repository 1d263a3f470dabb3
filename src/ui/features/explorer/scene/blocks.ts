/**
 * What is drawn from afar: cards that follow one another in a lane are one block, down to a fork. Few of them make up a tree of
 * thousands, and each can be named. Pure.
 */
import { PITCH } from './geometry.ts';
import { type Boxes, Grid } from './grid.ts';
import { FADED, FORK, ON_PATH, ROOT_KIND, type SceneArrays, STARRED, STUB_KIND } from './scene-arrays.ts';

export interface Blocks {
  readonly count: number;
  readonly boxes: Boxes;
  /** First and last card. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** By card: 1 where a block begins. */
  readonly heads: Uint8Array;
  /** All flags of its cards, but those of the first for the path. */
  readonly flags: Uint16Array;
  /** Turns it stands for; of a stub all that is in it. */
  readonly turns: Uint32Array;
  readonly grid: Grid;
  /** Indexes of blocks worth naming, the most telling first. */
  readonly ranked: Uint32Array;
}

export function blocksOf(scene: SceneArrays): Blocks {
  const { count, boxes, flags } = scene;
  const block = new Int32Array(count);
  const heads: number[] = [];
  const lasts: number[] = [];
  const bits: number[] = [];
  const sizes: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = scene.parent[index] as number;
    const size = turnsIn(scene, index);
    if (parent >= 0 && joins(scene, index, parent)) {
      const at = block[parent] as number;
      block[index] = at;
      lasts[at] = index;
      bits[at] = (bits[at] as number) | (flags[index] as number);
      sizes[at] = (sizes[at] as number) + size;
    } else {
      block[index] = heads.length;
      heads.push(index);
      lasts.push(index);
      bits.push(flags[index] as number);
      sizes.push(size);
    }
  }
  const [first, last] = [Uint32Array.from(heads), Uint32Array.from(lasts)];
  const own: Boxes = {
    left: Float32Array.from(first, (index) => boxes.left[index] as number),
    top: Float32Array.from(first, (index) => boxes.top[index] as number),
    right: Float32Array.from(first, (index) => boxes.right[index] as number),
    bottom: Float32Array.from(last, (index) => boxes.bottom[index] as number),
  };
  const blocks = {
    count: heads.length,
    boxes: own,
    first,
    last,
    heads: Uint8Array.from(block, (at, index) => (first[at] === index ? 1 : 0)),
    flags: Uint16Array.from(bits),
    turns: Uint32Array.from(sizes),
    grid: new Grid(own, { width: PITCH.x * 8, height: PITCH.y * 16 }),
  };
  return { ...blocks, ranked: ranked(blocks) };
}

/** Same lane, next row, same side of the path, as strong, and the card above goes on this way only. */
function joins({ lane, row, flags, kind }: SceneArrays, index: number, parent: number): boolean {
  return (
    kind[parent] !== ROOT_KIND &&
    kind[index] !== STUB_KIND &&
    lane[index] === lane[parent] &&
    row[index] === (row[parent] as number) + 1 &&
    ((flags[parent] as number) & FORK) === 0 &&
    (((flags[index] as number) ^ (flags[parent] as number)) & (ON_PATH | FADED)) === 0
  );
}

function turnsIn({ cards }: SceneArrays, index: number): number {
  const card = cards[index - 1];
  return card?.sum?.turns ?? card?.turns.length ?? 0;
}

/** The conversation itself first. */
function ranked({ count, flags, turns }: Omit<Blocks, 'ranked'>): Uint32Array {
  const rank = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const bits = flags[at] as number;
    rank[at] = (bits & STARRED ? 1e9 : 0) + (turns[at] as number) * (bits & ON_PATH ? 2 : 1);
  }
  if (count > 0) rank[0] = 8e9;
  return Uint32Array.from({ length: count }, (_, at) => at).sort(
    (a, b) => (rank[b] as number) - (rank[a] as number) || a - b,
  );
}
