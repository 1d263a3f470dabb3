/** A block that is too long for the page to format at once, once it is whole: read by a worker, then formatted slice by slice. */
import { createContext, type ReactNode, type Ref, use, useEffect, useMemo, useState } from 'react';
import type { Components } from 'react-markdown';
import { AsWritten } from '../as-written.tsx';
import { renderTree } from '../render-block.ts';
import { steadily } from '../steady/steadily.ts';
import { Pieces, type TablePieces, tableIn } from '../tables/pieces.ts';
import { useTurn } from '../use-turn.ts';
import type { BlockSlice, CutBlock, LongBlockJob } from './cut-block.ts';
import { SLICE_TAG } from './cut-tree.ts';
import { readLongBlock } from './in-worker.ts';

export function LongBlock(job: LongBlockJob) {
  const cut = useLongBlock(job);
  if (!cut) return <AsWritten text={job.text} state={cut === null ? 'too-much' : 'loading'} />;
  return <CutView cut={cut} scope={job.scope} />;
}

/** Undefined while it is read; null where it cannot be formatted. */
function useLongBlock(job: LongBlockJob): CutBlock | null | undefined {
  const { text, scope, numbers = '', start, notes = false } = job;
  const reading = useMemo(
    () => readLongBlock({ text, scope, numbers, start, notes }),
    [text, scope, numbers, start, notes],
  );
  const [, setRead] = useState<typeof reading>();
  const isRead = reading.cut !== undefined;
  useEffect(
    () => (isRead ? undefined : reading.wait(() => steadily(() => setRead(reading)))),
    [reading, isRead],
  );
  return reading.cut;
}

const Slices = createContext<{ readonly slices: readonly BlockSlice[]; readonly scope: string }>({
  slices: [],
  scope: '',
});

function CutView({ cut, scope }: { readonly cut: CutBlock; readonly scope: string }) {
  const frame = useMemo(() => renderTree(cut.frame, { scope, more }), [cut, scope]);
  const shared = useMemo(() => ({ slices: cut.slices, scope }), [cut, scope]);
  return <Slices value={shared}>{frame}</Slices>;
}

const more = { [SLICE_TAG]: SliceView } as Components;

/** As it was written until it is its turn. */
function SliceView({ at }: { readonly at: number }): ReactNode {
  const { slices, scope } = use(Slices);
  const slice = slices[at] as BlockSlice;
  const [turn, place] = useTurn<HTMLElement>(true, slice.source.length);
  const pieces = usePieces(at);
  const shown = useMemo(() => {
    if (turn) return renderTree(slice.tree, { scope });
    const Tag = tagIn(slice.within);
    return (
      <Tag ref={place as Ref<never>} className="md-lines" data-loading>
        {slice.source}
      </Tag>
    );
  }, [turn, slice, scope, place]);
  return <Pieces value={pieces}>{shown}</Pieces>;
}

/** What a slice that is part of a table is a piece of. */
function usePieces(at: number): TablePieces | undefined {
  const { slices } = use(Slices);
  const around = use(Pieces);
  return useMemo(() => {
    const table = slices[at]?.table;
    if (table === undefined) return around;
    const own = slices.filter((slice) => slice.table === table);
    const isLast = slices[at] === own.at(-1) && (around?.isLast ?? true);
    return { isLast, all: around?.all ?? (() => own.flatMap(({ tree }) => tableIn(tree) ?? [])) };
  }, [slices, at, around]);
}

function tagIn(parent: string | undefined): 'li' | 'div' | 'span' {
  if (parent === 'ul' || parent === 'ol') return 'li';
  return ['li', 'blockquote', 'section', undefined].includes(parent) ? 'div' : 'span';
}
