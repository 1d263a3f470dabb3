/** Fences that are written wrong and meant right. Pure. */
import { closes, type Fence, fenceOf, indentOf, isBlank } from './lines.ts';

const DOCUMENTS = /^(?:markdown|md|mdx|gfm)\b/i;

export interface FencedLines {
  /** As they are shown: as they were written, unless they hold fences of their own. */
  readonly lines: readonly string[];
  /** How many lines of the source they are. */
  readonly length: number;
}

/**
 * The fenced block that begins at `lines[from]`, through its end or that of the text. A document in a fence (`markdown`) may hold
 * fences of the same length: those that name a language open, so it goes on through its last one, and is shown in longer fences. If
 * that never comes in a text that is `finished`, the first one is its end, as always in other fences.
 */
export function fencedAt(
  lines: readonly string[],
  from: number,
  open: Fence,
  finished: boolean,
): FencedLines {
  const nested = DOCUMENTS.test(open.info) ? documentEnd(lines, from, open) : undefined;
  if (nested && (nested.closed || !finished) && nested.held)
    return longer(lines, from, nested.end, open, nested);
  let end = from + 1;
  while (end < lines.length && !isEnd(lines[end] as string, open)) end += 1;
  const length = Math.min(end + 1, lines.length) - from;
  return { lines: lines.slice(from, from + length), length };
}

const isEnd = (line: string, open: Fence): boolean => {
  const fence = fenceOf(line);
  return closes(fence, open) && (fence?.indent ?? 0) < 4;
};

interface DocumentEnd {
  readonly end: number;
  readonly closed: boolean;
  /** It held fences as long as its own. */
  readonly held: boolean;
}

function documentEnd(lines: readonly string[], from: number, open: Fence): DocumentEnd {
  let [depth, held] = [0, false];
  for (let at = from + 1; at < lines.length; at += 1) {
    const fence = fenceOf(lines[at] as string);
    if (!fence || fence.run[0] !== open.run[0] || fence.run.length < open.run.length) continue;
    if (fence.info !== '') {
      depth += 1;
      held = true;
    } else if (depth > 0) depth -= 1;
    else if (fence.indent < 4) return { end: at, closed: true, held };
  }
  return { end: lines.length - 1, closed: false, held };
}

function longer(
  lines: readonly string[],
  from: number,
  end: number,
  { run, info, indent }: Fence,
  { closed }: DocumentEnd,
): FencedLines {
  const inside = lines.slice(from + 1, closed ? end : end + 1);
  const longest = inside.reduce((most, line) => Math.max(most, fenceOf(line)?.run.length ?? 0), run.length);
  const fence = ' '.repeat(indent) + (run[0] as string).repeat(longest + 1);
  return { lines: [`${fence}${info}`, ...inside, ...(closed ? [fence] : [])], length: end + 1 - from };
}

/** How far is looked for the end of a fence in an item. */
const LOOK = 400;

/**
 * For a line of `lines` that stands left of the open fence of the item it is in: how many lines from there on belong to the fence
 * still, its end included. 0 where the fence has no end of its own; undefined where more text may bring one.
 */
export function strayLines(lines: readonly string[], from: number, open: Fence): number | undefined {
  for (let at = from; at < lines.length; at += 1) {
    if (at - from > LOOK) return 0;
    const fence = fenceOf(lines[at] as string);
    if (closes(fence, open)) return at - from + 1;
    if (fence && fence.info !== '') return 0;
  }
  return undefined;
}

/** A line as far right as the fence it belongs to. */
export const moved = (line: string, { indent }: Fence): string =>
  isBlank(line) || indentOf(line) >= indent ? line : ' '.repeat(indent) + line.trimStart();

/** A block that is code and nothing else, in a fence or indented: its language as the fence names it, and what is in it. */
export function codeIn(block: string): { language: string; code: string } | undefined {
  return fencedCode(block) ?? indentedCode(block);
}

/** No block but code begins so far to the right. */
function indentedCode(block: string): { language: string; code: string } | undefined {
  if (!/^(?: {4}| {0,3}\t)/.test(block)) return undefined;
  return { language: '', code: block.replace(/^(?: {4}| {0,3}\t| {1,3}$)/gm, '') };
}

/** A block that is one fence: the first word behind it, and what is in it; undefined for any other block. */
export function fencedCode(block: string): { language: string; code: string } | undefined {
  const lines = block.split('\n');
  const open = fenceOf(lines[0] as string);
  if (!open || open.indent >= 4) return undefined;
  const closed = lines.length > 1 && closes(fenceOf(lines.at(-1) as string), open);
  const inside = lines.slice(1, closed ? -1 : undefined);
  const indent = new RegExp(`^ {0,${open.indent}}`);
  const code = open.indent === 0 ? inside : inside.map((line) => line.replace(indent, ''));
  return { language: open.info.split(/\s/)[0] ?? '', code: code.join('\n') };
}
