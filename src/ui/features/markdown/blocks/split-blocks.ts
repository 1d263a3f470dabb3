/**
 * Cuts markdown into its top-level blocks, incrementally: while a reply grows only the blocks at its end change, so that
 * everything above them need not be rendered again. Pure. The blocks of any growth equal those of the whole text at once.
 */
import { Lexer, type MarkedOptions, Tokenizer, type Tokens } from 'marked';
import { mathBlockAt, mathBlockStart } from '../formulas/math-source.ts';

export interface Block {
  /** The block's markdown, without the blank lines around it. */
  readonly text: string;
  /** Where it starts in the text, in UTF-16 code units (after line ends became `\n`). */
  readonly start: number;
}

export interface Blocks {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** How many leading blocks no appended text can change any more. */
  readonly settled: number;
}

export const noBlocks: Blocks = { text: '', blocks: [], settled: 0 };

/**
 * The blocks of `text`, reusing those of `previous` if it only grew: costs the length of its last one or two blocks, not
 * of the whole. Blocks that did not change stay the same objects; nothing new returns `previous`.
 */
export function splitBlocks(previous: Blocks, source: string): Blocks {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (text === previous.text) return previous;
  const kept = text.startsWith(previous.text) ? previous.blocks.slice(0, previous.settled) : [];
  const from = kept.length === 0 ? 0 : (previous.blocks[kept.length]?.start ?? previous.text.length);
  const fresh = lex(text, from);
  const blocks = [...kept, ...fresh.map((block, i) => same(previous.blocks[kept.length + i], block))];
  return { text, blocks, settled: Math.max(kept.length, blocks.length - unsettled(blocks)) };
}

/**
 * How many blocks at the end may still change. The last always may. While it has less than two whole lines, what it is
 * may still change so that it joins the one before it ("1" becomes "1. more" of a list, a table's second line breaks).
 */
function unsettled(blocks: readonly Block[]): number {
  const last = blocks.at(-1);
  if (!last) return 0;
  const lines = last.text.split('\n', 3).length;
  return lines > 2 ? 1 : 2;
}

function same(before: Block | undefined, now: Block): Block {
  return before && before.start === now.start && before.text === now.text ? before : now;
}

/** A formula also ends a paragraph whose later lines would make it a heading. */
class BlockTokenizer extends Tokenizer {
  override lheading(source: string): Tokens.Heading | undefined {
    const heading = super.lheading(source);
    const formula = heading && mathBlockStart(heading.raw);
    return formula === undefined ? heading : undefined;
  }
}

const options: MarkedOptions = {
  extensions: {
    renderers: {},
    childTokens: {},
    block: [(source: string) => asToken(mathBlockAt(source))],
    startBlock: [(source: string) => mathBlockStart(source)],
  },
};

function asToken(raw: string | undefined) {
  return raw === undefined ? undefined : { type: 'math', raw };
}

function lex(text: string, from: number): Block[] {
  const blocks: Block[] = [];
  let start = from;
  const lexer = new Lexer({ ...options, tokenizer: new BlockTokenizer() });
  for (const token of lexer.blockTokens(text.slice(from))) {
    const raw = token.raw;
    if (token.type !== 'space') blocks.push({ text: raw.trimEnd(), start });
    start += raw.length;
  }
  return blocks;
}
