/** What is compared: branches from where they part. Pure. */
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { leafUnder, markOf, pathTo, type Tree } from '../../../tree/index.ts';

export interface Column {
  /** The message it was chosen by. */
  readonly tip: string;
  /** Where it ends: what "Continue this one" goes on from. */
  readonly end: string;
  /** Its messages after the fork point, top down. */
  readonly messages: readonly string[];
}

/** Messages of one branch shown side by side. */
const MOST = 30;

/**
 * The branches through `tips`, each down to where it ends: along `path` where that goes on, else to the newest. Without what they share.
 */
export function columnsOf(tree: Tree, tips: readonly string[], path: ReadonlySet<string>): readonly Column[] {
  const whole = tree.whole ?? tree;
  const ends = tips.map(
    (tip) => leafUnder(whole, tip, (_, children) => children.find((id) => path.has(id))) ?? tip,
  );
  const lines = ends.map((end) => pathTo(whole, end));
  const shared = sharedLength(lines);
  return lines.map((line, index) => ({
    tip: tips[index] as string,
    end: ends[index] as string,
    messages: line.slice(shared, shared + MOST),
  }));
}

/** Its label, else the first words that are its own. */
export function columnName(tree: Tree, { tip, messages }: Column): string {
  const label = [tip, ...messages].map((id) => markOf(tree, id).label).find(Boolean);
  return label ?? excerpt((tree.whole ?? tree).messages.get(messages[0] ?? tip)?.preview ?? '');
}

function sharedLength(lines: readonly (readonly string[])[]): number {
  const [first = []] = lines;
  const parts = first.findIndex((id, index) => lines.some((line) => line[index] !== id));
  return parts < 0 ? first.length : parts;
}
