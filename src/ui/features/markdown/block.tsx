import { memo, use, useMemo, useState } from 'react';
import { codeIn } from '../../../protocol/reading/fences.ts';
import { placeFor } from '../../../protocol/reading/formatting-limits.ts';
import { MARK_END, MARK_START, markFormulas } from '../../../protocol/reading/formulas.ts';
import { AsWritten } from './as-written.tsx';
import type { BlockOptions } from './block-syntax.ts';
import { AtOnce } from './blocks/at-once.ts';
import { Growing } from './blocks/growing.ts';
import type { PreparedBlock } from './blocks/references.ts';
import { CodeBlock } from './code/code-block.tsx';
import { LongBlock } from './long/long-block.tsx';
import { renderBlock } from './render-block.ts';
import { Pieces, TextBlocks, tablesUpTo } from './tables/pieces.ts';
import { useTurn } from './use-turn.ts';

interface BlockProps extends BlockOptions {
  readonly text: string;
  /** Its place in the text. Default: it stands by itself. */
  readonly at?: number;
  readonly table?: PreparedBlock['table'];
  /** Much of its text stands before it: it is formatted when it is its turn, unless it is seen being written. */
  readonly waits: boolean;
  /** Tells how long formatting took. */
  readonly measure: <T>(work: () => T) => T;
}

export const Block = memo(function Block({ waits, at = 0, table, ...block }: BlockProps) {
  const { text, growing } = block;
  const atOnce = use(AtOnce);
  const [comes] = useState(waits && !growing && !atOnce);
  const [turn, place] = useTurn<HTMLDivElement>(comes, text.length);
  const pieces = usePieces(at, table, block.scope);
  if (text === '') return null;
  if (comes && !turn) return <AsWritten ref={place} text={text} state="loading" />;
  return (
    <Growing value={growing}>
      <Pieces value={pieces}>
        <Formatted at={at} {...block} />
      </Pieces>
    </Growing>
  );
});

function usePieces(at: number, table: PreparedBlock['table'], scope: string) {
  const blocks = use(TextBlocks);
  return useMemo(
    () => table && { isLast: table === 'ends', all: () => tablesUpTo(at, blocks.current, scope) },
    [table, at, blocks, scope],
  );
}

function Formatted({ measure, at, ...block }: Omit<BlockProps, 'waits' | 'table'> & { readonly at: number }) {
  const atOnce = use(AtOnce);
  const { text, growing, ...options } = block;
  const code = options.notes ? undefined : codeIn(text);
  if (code) return measure(() => <CodeBlock {...code} />);
  const isTex = isFormula(text, growing);
  const place = isTex ? 'page' : placeFor(text);
  if (place === 'nowhere') return <AsWritten text={text} state="too-much" />;
  const onPage = place === 'page' ? () => measure(() => safely(block)) : undefined;
  if (onPage && (atOnce || isTex)) return onPage();
  const name = `${options.scope} ${options.notes ? 'notes' : at}`;
  // What the worker reads takes the page no time.
  return measure(() => <LongBlock {...{ text, growing, onPage, name }} {...options} />);
}

/** Of a block that is one formula nothing is left to read, however many signs it has. */
function isFormula(block: string, growing: boolean): boolean {
  if (!/^ {0,3}(?:\$\$|\\\[)/.test(block)) return false;
  return markFormulas(block, growing).text.trim() === `${MARK_START}0${MARK_END}`;
}

/** A parser that gives up must not take the page with it. */
function safely({ text, ...options }: BlockOptions & Pick<BlockProps, 'text'>) {
  try {
    return renderBlock(text, options);
  } catch {
    return <AsWritten text={text} state="too-much" />;
  }
}
