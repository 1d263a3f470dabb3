/**
 * Cuts markdown into its top-level blocks, incrementally: while a reply grows only the blocks at its end change, so that
 * everything above them need not be rendered again. Line by line, so that it costs the length of the text whatever that is.
 * Blocks may hold more than markdown's (a list right under its heading line), never less: rendered one by one they are what
 * the text is. The blocks of any growth equal those of the whole text at once. Pure.
 */

import { fencedAt, moved, strayLines } from './fences.ts';
import { MathBlocks } from './formulas.ts';
import {
  closes,
  type Fence,
  fenceOf,
  htmlEnd,
  indentOf,
  isBlank,
  isHeading,
  isNote,
  isQuote,
  isTableRule,
  markerOf,
} from './lines.ts';

export interface Block {
  /** The block's markdown, without the blank lines around it; mended where fences are written wrong. */
  readonly text: string;
  /** Where it starts in the text, in UTF-16 code units (after line ends became `\n`). */
  readonly start: number;
  /** It goes on with a list, table or quote that is too long for one block. */
  readonly continues: boolean;
  /** What it goes on with is a table: it begins with the head of that, written again. */
  readonly rows?: true | undefined;
  /** The number of its first item, where it goes on with a numbered list: only the first number of a list counts. */
  readonly number?: number | undefined;
}

export interface Blocks {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** How many leading blocks no appended text can change any more. */
  readonly settled: number;
  readonly finished: boolean;
}

export const noBlocks: Blocks = { text: '', blocks: [], settled: 0, finished: false };

/**
 * In UTF-16 code units, so that none takes long to format: lists are cut at an item when they are longer than this, tables at a row, quotes
 * between paragraphs, all else at a line.
 */
const LIST_SLICE = 8_000;
const TABLE_SLICE = 6_000;
const QUOTE_SLICE = 8_000;
const TEXT_SLICE = 24_000;
/** Longer quotes are cut at any line but those of tables. */
const LONG_QUOTE = 12_000;
/** A longer head of a table stands over all its rows at once. */
const LONG_HEAD = 2_000;

/**
 * The blocks of `text`, reusing those of `previous` if it only grew: costs the length of its last one or two blocks, not
 * of the whole. Blocks that did not change stay the same objects; nothing new returns `previous`. `finished`: nothing will be
 * appended, so that fences without an end end where they would otherwise.
 */
export function splitBlocks(previous: Blocks, source: string, finished = false): Blocks {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (text === previous.text && finished === previous.finished) return previous;
  const kept = text.startsWith(previous.text) ? previous.blocks.slice(0, previous.settled) : [];
  const from = kept.length === 0 ? 0 : (previous.blocks[kept.length]?.start ?? previous.text.length);
  const scan = new Scan(text, from, finished);
  const blocks = [...kept, ...scan.blocks.map((block, i) => same(previous.blocks[kept.length + i], block))];
  const settled = Math.min(blocks.length - 2, kept.length + scan.certain);
  return { text, blocks, settled: Math.max(kept.length, startOfRun(blocks, settled)), finished };
}

/** A block that goes on with another is read with it. */
function startOfRun(blocks: readonly Block[], index: number): number {
  let at = Math.max(0, index);
  while (at > 0 && blocks[at]?.continues) at -= 1;
  return at;
}

const same = (before: Block | undefined, now: Block): Block =>
  before?.start === now.start &&
  before.text === now.text &&
  before.continues === now.continues &&
  before.number === now.number &&
  before.rows === now.rows
    ? before
    : now;

type Kind = 'text' | 'list' | 'quote' | 'code' | 'note';

/** One reading of a text from one of its blocks on. */
class Scan {
  readonly blocks: Block[] = [];
  /** Blocks from this one on were told by looking to the end of the text: more of it may tell otherwise. */
  certain = Number.POSITIVE_INFINITY;
  private readonly lines: readonly string[];
  private readonly math: MathBlocks;
  private readonly finished: boolean;
  private kind: Kind | undefined;
  private held: string[] = [];
  private start = 0;
  private size = 0;
  private continues = false;
  private rows = false;
  /** A blank line stands right before. */
  private parted = false;
  /** Of a list or note: where content begins, and what the items share. */
  private content = 0;
  private sign = '';
  /** The number of the next item of a numbered list; of what is held, if it goes on with one. */
  private next = 0;
  private number: number | undefined;
  private fence: Fence | undefined;
  /** Head of the table that is being read. */
  private head: readonly string[] = [];

  constructor(text: string, from: number, finished: boolean) {
    this.lines = text.slice(from).split('\n');
    this.math = new MathBlocks(text);
    this.finished = finished;
    let at = from;
    for (let index = 0; index < this.lines.length; ) {
      const read = this.read(index, at);
      for (const end = index + read; index < end; index += 1) at += (this.lines[index] as string).length + 1;
    }
    this.close();
  }

  /** Reads the line at `index`, or the lines from there that are one; how many these are. */
  private read(index: number, at: number): number {
    const line = this.lines[index] as string;
    if (this.fence && this.kind === 'list') return this.inItemFence(index, at, line);
    if (isBlank(line)) return this.blank();
    if (this.kind && this.goesOn(line, index, at)) {
      this.hold(line);
      return 1;
    }
    this.close();
    return this.open(line, index, at);
  }

  private blank(): number {
    if (this.kind === 'text' || this.kind === 'quote') this.close();
    else if (this.kind) this.hold('');
    this.parted = true;
    return 1;
  }

  private hold(line: string): void {
    this.held.push(line);
    this.size += line.length + 1;
    this.parted = false;
  }

  private close(): void {
    const { start, continues, number, rows } = this;
    const written = this.held.join('\n').trimEnd();
    // Words that go on are no code, however far to the right.
    const text = continues && this.kind === 'text' ? written.trimStart() : written;
    const more = { ...(number !== undefined && { number }), ...(rows && { rows }) };
    if (text !== '') this.blocks.push({ text, start, continues, ...more });
    this.kind = undefined;
    this.fence = undefined;
    this.held = [];
    this.size = 0;
    this.continues = false;
    this.rows = false;
    this.number = undefined;
    this.parted = false;
    this.head = [];
  }

  /** Several lines that are a block by themselves. */
  private whole(lines: readonly string[], at: number): void {
    this.start = at;
    this.held = [...lines];
    this.close();
  }

  private open(line: string, index: number, at: number): number {
    const read = this.openWhole(line, index, at);
    if (read > 0) return read;
    this.start = at;
    const marker = markerOf(line);
    if (indentOf(line) >= 4) this.kind = 'code';
    else if (marker) {
      this.next = Number.parseInt(line.trimStart(), 10);
      this.item(line, marker);
    } else if (isQuote(line)) {
      this.kind = 'quote';
      this.noteQuoted(line);
    } else if (isNote(line)) {
      this.kind = 'note';
      this.content = 4;
    } else this.kind = 'text';
    this.hold(line);
    return 1;
  }

  private openWhole(line: string, index: number, at: number): number {
    if (!this.interrupts(line, at)) return 0;
    const fence = fenceOf(line);
    if (fence) {
      const { lines, length } = fencedAt(this.lines, index, fence, this.finished);
      this.whole(lines, at);
      return length;
    }
    const length = isHeading(line) ? 1 : (this.math.linesAt(at) ?? this.htmlLines(index));
    this.whole(this.lines.slice(index, index + length), at);
    return length;
  }

  private htmlLines(index: number): number {
    const end = htmlEnd(this.lines[index] as string);
    let last = index;
    while (last < this.lines.length && end && !end.test(this.lines[last] as string)) last += 1;
    return Math.min(last + 1, this.lines.length) - index;
  }

  /** True for a line that is a block of its own, or begins one of several lines, whatever stands before it. */
  private interrupts(line: string, at: number): boolean {
    const fence = fenceOf(line);
    if (fence && fence.indent < 4) return true;
    return isHeading(line) || htmlEnd(line) !== undefined || this.math.linesAt(at) !== undefined;
  }

  /** True if the line belongs to the block that is open. */
  private goesOn(line: string, index: number, at: number): boolean {
    switch (this.kind) {
      case 'code':
        return indentOf(line) >= 4;
      case 'quote':
        return this.quoteGoesOn(line, at);
      case 'note':
        return indentOf(line) >= 4 || !(this.parted || isNote(line) || this.interrupts(line, at));
      case 'list':
        return this.listGoesOn(line, at);
      default:
        return this.textGoesOn(line, index, at);
    }
  }

  private textGoesOn(line: string, index: number, at: number): boolean {
    if (this.interrupts(line, at) || beginsList(line)) return false;
    const before = this.held.at(-1) ?? '';
    if (isTableRule(line) && before.includes('|')) this.head = [before, line];
    const { head } = this;
    const most = head.length > 0 ? TABLE_SLICE : TEXT_SLICE;
    if (this.size + line.length < most || isUnderline(line)) return true;
    // A head that is long itself is not written again and again.
    if (head.join('').length > LONG_HEAD) return true;
    this.close();
    this.kind = 'text';
    this.start = at;
    this.continues = index > 0;
    this.rows = head.length > 0;
    this.head = head;
    for (const one of head) this.hold(one);
    return true;
  }

  private quoteGoesOn(line: string, at: number): boolean {
    if (!isQuote(line)) return !(this.interrupts(line, at) || markerOf(line));
    if (this.mayCut(line)) {
      this.close();
      this.kind = 'quote';
      this.start = at;
      this.continues = true;
    }
    this.noteQuoted(line);
    return true;
  }

  /** Never in code, nor before what belongs to an item. */
  private mayCut(line: string): boolean {
    if (this.fence || this.size < QUOTE_SLICE) return false;
    const inner = quoted(line);
    const isBetween = isBlank(quoted(this.held.at(-1) ?? ''));
    const isWords = this.size >= LONG_QUOTE && !inner.includes('|');
    return !isBlank(inner) && indentOf(inner) === 0 && (isBetween || isWords);
  }

  private noteQuoted(line: string): void {
    const fence = fenceOf(quoted(line));
    if (!this.fence) this.fence = fence && fence.indent < 4 ? fence : undefined;
    else if (closes(fence, this.fence)) this.fence = undefined;
  }

  private item(line: string, { sign, content }: { sign: string; content: number }): void {
    this.kind = 'list';
    this.next += 1;
    this.sign = sign;
    this.content = content;
    this.noteFence(line.replace(/^([ \t]*)(?:[-*+]|\d{1,9}[.)])(?=[ \t])/, blanks));
  }

  private noteFence(line: string): void {
    const inner = line.replace(/^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?=[`~]{3})/, blanks);
    this.fence = fenceOf(inner);
  }

  private listGoesOn(line: string, at: number): boolean {
    const marker = markerOf(line);
    if (indentOf(line) >= this.content) {
      this.noteFence(line);
      return true;
    }
    if (!marker || marker.sign !== this.sign)
      return !this.parted && !marker && !isQuote(line) && !this.interrupts(line, at);
    if (this.size >= LIST_SLICE) {
      this.close();
      this.start = at;
      this.continues = true;
      this.number = Number.isNaN(this.next) ? undefined : this.next;
    }
    this.item(line, marker);
    return true;
  }

  /** In a fence of an item: what stands left of it belongs to it still if its end comes. */
  private inItemFence(index: number, at: number, line: string): number {
    const fence = this.fence as Fence;
    if (isBlank(line) || indentOf(line) >= this.content) {
      if (closes(fenceOf(line), fence)) this.fence = undefined;
      this.hold(line);
      this.parted = isBlank(line);
      return 1;
    }
    const stray = strayLines(this.lines, index, fence);
    if (stray === undefined) this.certain = Math.min(this.certain, this.blocks.length);
    this.fence = undefined;
    // Code is no paragraph that words could go on with.
    this.parted = true;
    if (!stray) return this.read(index, at);
    for (const one of this.lines.slice(index, index + stray)) this.hold(moved(one, fence));
    return stray;
  }
}

/** What makes a heading or a table of the line before. */
const isUnderline = (line: string): boolean => isTableRule(line) || /^ {0,3}=+[ \t]*$/.test(line);

/** An item that need not stand after a blank line. */
const beginsList = (line: string): boolean =>
  /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/.test(line) && markerOf(line) !== undefined;

/** What stands in a quote, however deep. */
const quoted = (line: string): string => line.replace(/^(?: {0,3}> ?)+/, '');

const blanks = (text: string): string => ' '.repeat(text.length);
