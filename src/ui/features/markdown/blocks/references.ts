/**
 * What stands elsewhere in a text and belongs to a block: addresses of links and notes. Each block that uses some is given them, so that
 * blocks can be rendered one by one, whenever what they refer to comes. Pure.
 */
import { isCodeBlock } from '../../../../protocol/reading/lines.ts';
import type { Block } from '../../../../protocol/reading/split-blocks.ts';

export interface PreparedBlock {
  /** The block's markdown, and behind it the definitions it uses that stand elsewhere. */
  readonly text: string;
  /** The notes it refers to and their numbers in the text, as "label=1 other=2"; empty if there are none. */
  readonly numbers: string;
  /** The number of its first item, if it goes on with a numbered list. */
  readonly start: number | undefined;
  /** What its table is of one that is too long for a block; undefined for all else. */
  readonly table?: 'goes-on' | 'ends' | undefined;
}

export interface Prepared {
  readonly blocks: readonly PreparedBlock[];
  /** All notes that are referred to, in that order, as markdown with a reference to each before them; undefined if there are none. */
  readonly notes: string | undefined;
}

/** A label as it is compared. */
export const labelOf = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase();

interface Definitions {
  readonly links: ReadonlyMap<string, string>;
  readonly notes: ReadonlyMap<string, string>;
}

const LINK =
  / {0,3}\[((?:\\.|[^\][\\])+)\]:[ \t]*(?:\n[ \t]*)?(?:<[^<>\n]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?:\n|$)/y;
const NOTE = /^ {0,3}\[\^([^\]\s]+)\]:/gm;

/** Each block is read once: blocks are never changed. */
const known = new WeakMap<Block, Definitions>();
const none: Definitions = { links: new Map(), notes: new Map() };

function definitionsOf(block: Block): Definitions {
  if (!/^ {0,3}\[/.test(block.text)) return none;
  let found = known.get(block);
  if (!found) {
    found = /^ {0,3}\[\^/.test(block.text)
      ? { ...none, notes: notesIn(block.text) }
      : { ...none, links: linksIn(block.text) };
    known.set(block, found);
  }
  return found;
}

function linksIn(text: string): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  LINK.lastIndex = 0;
  for (let match = LINK.exec(text); match; match = LINK.exec(text))
    add(links, match[1] as string, match[0].trim());
  return links;
}

function notesIn(text: string): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  const starts = [...text.matchAll(NOTE)];
  starts.forEach((match, i) => {
    add(notes, match[1] as string, text.slice(match.index, starts[i + 1]?.index).trimEnd());
  });
  return notes;
}

/** The first one counts. */
function add(map: Map<string, string>, label: string, text: string): void {
  const name = labelOf(label);
  if (!map.has(name)) map.set(name, text);
}

/** The blocks with what they need; blocks that are nothing but notes are empty, since notes stand at the end. */
export function prepare(blocks: readonly Block[]): Prepared {
  const links = new Map<string, string>();
  const notes = new Map<string, string>();
  for (const block of blocks) {
    const found = definitionsOf(block);
    for (const [label, text] of found.links) add(links, label, text);
    for (const [label, text] of found.notes) add(notes, label, text);
  }
  if (links.size === 0 && notes.size === 0)
    return { blocks: withTables(blocks.map(plain), blocks), notes: undefined };
  const numbers = new Map<string, number>();
  const prepared = blocks.map((block) =>
    definitionsOf(block).notes.size > 0 ? empty : given(block, links, notes, numbers),
  );
  const whole = withTables(prepared, blocks);
  return { blocks: whole, notes: numbers.size === 0 ? undefined : allNotes(numbers, notes, links) };
}

function withTables(prepared: readonly PreparedBlock[], blocks: readonly Block[]): readonly PreparedBlock[] {
  if (!blocks.some(({ rows }) => rows)) return prepared;
  return prepared.map((block, i) => {
    if (blocks[i + 1]?.rows) return { ...block, table: 'goes-on' };
    return blocks[i]?.rows ? { ...block, table: 'ends' } : block;
  });
}

const plain = ({ text, number }: Block): PreparedBlock => ({ text, numbers: '', start: number });
const empty: PreparedBlock = { text: '', numbers: '', start: undefined };

function given(
  block: Block,
  links: ReadonlyMap<string, string>,
  notes: ReadonlyMap<string, string>,
  numbers: Map<string, number>,
): PreparedBlock {
  const own = definitionsOf(block).links;
  const needed: string[] = [];
  const referred: string[] = [];
  for (const label of labelsIn(block)) {
    const link = own.has(label) ? undefined : links.get(label);
    if (link) needed.push(link);
    const note = label.startsWith('^') ? label.slice(1) : undefined;
    if (note === undefined || !notes.has(note)) continue;
    if (!numbers.has(note)) numbers.set(note, numbers.size + 1);
    referred.push(`${note}=${numbers.get(note)}`);
    // Tells the parser that there is such a note.
    needed.push(`[^${note}]: .`);
  }
  if (needed.length === 0) return plain(block);
  const text = `${block.text}\n\n${needed.join('\n\n')}`;
  return { text, numbers: referred.join(' '), start: block.number };
}

const used = new WeakMap<Block, readonly string[]>();

/** The labels a block may refer to, each once. */
function labelsIn(block: Block): readonly string[] {
  let labels = used.get(block);
  if (!labels) {
    const found =
      block.text.includes('[') && !isCodeBlock(block.text)
        ? block.text.matchAll(/\[((?:\\.|[^\][\\\n]|\n(?!\n)){1,200})\]/g)
        : [];
    labels = [...new Set([...found].map(([, label = '']) => labelOf(label)))];
    used.set(block, labels);
  }
  return labels;
}

function allNotes(
  numbers: ReadonlyMap<string, number>,
  notes: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string>,
): string {
  const labels = [...numbers.keys()];
  const text = labels.map((label) => notes.get(label)).join('\n\n');
  const block: Block = { text, start: 0, continues: false };
  const needed = labelsIn(block).flatMap((label) => links.get(label) ?? []);
  return [labels.map((label) => `[^${label}]`).join(' '), text, ...needed].join('\n\n');
}
