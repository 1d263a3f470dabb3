/**
 * A tree of formatted text in slices, each of which is laid out by itself: what is around several of them (a list, an item, a quote) is in the
 * frame, with a mark in the place of each. Put together again they are the tree; only tables become several, each under the same head. Pure.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';

/** The element that marks the place of a slice; markdown cannot make it, since its HTML is text. */
export const SLICE_TAG = 'md-slice';

interface TreeSlice {
  readonly nodes: readonly RootContent[];
  /** The tag of what it stands in; undefined at the top. */
  readonly within: string | undefined;
  /** Which table it is a piece of, by its first slice; undefined for all else. */
  readonly table: number | undefined;
  /** Where it is in the source, in UTF-16 code units; both 0 if that is nowhere. */
  readonly from: number;
  readonly to: number;
}

export interface CutTree {
  /** Every `SLICE_TAG` in it has the number of its slice as its property `at`. */
  readonly frame: Root;
  readonly slices: readonly TreeSlice[];
}

/** What a slice weighs at most, where it can be cut: characters, and for each element as much as it takes to lay out. */
const SLICE = 4_000;
const ELEMENT = 15;
/** A table, whose head is written again. */
const TABLE = 8_000;

/** What needs all that is in it at once (to be coloured, copied, or to say where it leads), or is one line. */
const WHOLE = new Set(['pre', 'code', 'md-formula', 'a', 'tr']);

export function cutTree(tree: Root): CutTree {
  const cut = new Cut();
  return { frame: { ...tree, children: cut.within(tree.children, undefined) }, slices: cut.slices };
}

class Cut {
  readonly slices: TreeSlice[] = [];
  private readonly weights = new Map<RootContent, number>();

  /** Slices instead of `children`, and what has to be opened to cut it. */
  within(children: readonly RootContent[], tag: string | undefined): ElementContent[] {
    const cut: ElementContent[] = [];
    let [held, weight]: [RootContent[], number] = [[], 0];
    const flush = () => {
      if (held.every(isSpace)) cut.push(...(held as ElementContent[]));
      else cut.push(this.slice(held, tag));
      [held, weight] = [[], 0];
    };
    for (const child of children) {
      const own = this.weigh(child);
      if (weight + own > SLICE) flush();
      if (own > SLICE && child.type === 'element' && !WHOLE.has(child.tagName)) {
        cut.push(...this.open(child, tag));
      } else {
        held.push(child);
        weight += own;
      }
    }
    flush();
    return cut;
  }

  private open(element: Element, tag: string | undefined): ElementContent[] {
    if (element.tagName === 'table') return this.tables(element, tag);
    return [{ ...element, children: this.within(element.children, element.tagName) }];
  }

  /** `rows`: what tells where the nodes are in the source. */
  private slice(
    nodes: readonly RootContent[],
    within: string | undefined,
    rows = nodes,
    table?: number,
  ): Element {
    const at = this.slices.length;
    this.slices.push({ nodes, within, table, ...extentOf(rows) });
    return { type: 'element', tagName: SLICE_TAG, properties: { at }, children: [] };
  }

  private tables(table: Element, tag: string | undefined): Element[] {
    const parts = table.children.filter((child) => child.type === 'element');
    const body = parts.find(({ tagName }) => tagName === 'tbody');
    const head = parts.filter((part) => part !== body);
    const headWeight = head.reduce((sum, part) => sum + this.weigh(part), 0);
    if (!body || headWeight > TABLE / 4) return [this.slice([table], tag)];
    const first = this.slices.length;
    return this.runs(body.children).map((rows) => {
      const children = [...structuredClone(head), { ...body, children: rows }];
      return this.slice([{ ...table, children }], tag, rows, first);
    });
  }

  /** Runs of rows that are light enough; one row at least. */
  private runs(rows: readonly ElementContent[]): ElementContent[][] {
    const runs: ElementContent[][] = [[]];
    let weight = 0;
    for (const row of rows) {
      const own = this.weigh(row);
      if (weight > 0 && weight + own > TABLE) {
        runs.push([]);
        weight = 0;
      }
      runs.at(-1)?.push(row);
      weight += own;
    }
    return runs;
  }

  /** No deeper than markdown that may be parsed is nested. */
  private weigh(node: RootContent): number {
    if (node.type !== 'element') return 'value' in node ? node.value.length : 0;
    const known = this.weights.get(node);
    if (known !== undefined) return known;
    const weight = node.children.reduce((sum, child) => sum + this.weigh(child), ELEMENT);
    this.weights.set(node, weight);
    return weight;
  }
}

const isSpace = (node: RootContent): boolean => node.type === 'text' && node.value.trim() === '';

/** From the first place to the last that is known in `nodes`. */
function extentOf(nodes: readonly RootContent[]): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  const queue = [...nodes];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const { start, end } = node.position ?? {};
    if (start?.offset !== undefined && end?.offset !== undefined) {
      from = Math.min(from, start.offset);
      to = Math.max(to, end.offset);
    } else if (node.type === 'element') queue.push(...node.children);
  }
  return from < to ? { from, to } : { from: 0, to: 0 };
}
