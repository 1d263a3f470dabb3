/** A block that is too long for the page to format at once: read by a worker, while it is written too, then formatted slice by slice. */
import {
  createContext,
  type ReactNode,
  type Ref,
  use,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import type { Components } from 'react-markdown';
import { AsWritten } from '../as-written.tsx';
import { renderTree } from '../render-block.ts';
import { steadily } from '../steady/steadily.ts';
import { Pieces, type TablePieces, tableIn } from '../tables/pieces.ts';
import { useInTurn } from '../use-turn.ts';
import type { BlockSlice, CutBlock, LongBlockJob } from './cut-block.ts';
import { SLICE_TAG } from './cut-tree.ts';
import { growingBlock, isReadToEnd } from './growing-block.ts';
import { readLongBlock } from './in-worker.ts';

interface LongBlockProps extends LongBlockJob {
  /** Unique on the page. */
  readonly name: string;
  /** Formats it at once, here; undefined for what is too much for that. */
  readonly onPage: (() => ReactNode) | undefined;
}

/** A longer block is read by the worker, in characters: to parse more of it at once would be seen. */
const SHORT = 10_000;

/** A block of text: formatted here where it is short, else by a worker and in slices. One component for both: a block that grows is the one and then the other. */
export function LongBlock(props: LongBlockProps) {
  const { name, onPage, text, growing = false } = props;
  const isShort = onPage !== undefined && text.length <= SHORT;
  const [isSeenGrowing, setSeen] = useState(() => growing || (!isShort && isReadToEnd(name, text)));
  if (growing && !isSeenGrowing) setSeen(true);
  if (isSeenGrowing) return <SeenGrowing {...props} isShort={isShort} />;
  return isShort ? onPage() : <Whole {...props} />;
}

function Whole({ name: _, onPage, growing: __, ...job }: LongBlockProps) {
  const cut = useLongBlock(job);
  if (cut) return <CutView cut={cut} scope={job.scope} atOnce={false} />;
  if (cut === null && onPage) return onPage();
  return <AsWritten text={job.text} state={cut === null ? 'too-much' : 'loading'} />;
}

/** More of its end than this is shown as it is written until it is read, in characters. */
const BEHIND = 2_000;
/** What changes in so many slices is shown at once. */
const FEW = 3;

/** While it is written, and then: what is shown stays until there is more of it. The page formats it until the worker has, where it can. */
function SeenGrowing({ isShort, ...props }: LongBlockProps & { readonly isShort: boolean }) {
  const { name, onPage, ...job } = props;
  const { text, scope, growing = false } = job;
  const [cameShort] = useState(isShort);
  const { latest, isGivenUp, isSlow, first } = useGrowingBlock(isShort ? undefined : name, job);
  const made = useRef<{ readonly text: string; readonly shown: ReactNode }>(undefined);
  if (isGivenUp && !growing) return <Whole {...props} />;
  if (onPage && (isShort || isGivenUp || (cameShort && !latest))) made.current = { text, shown: onPage() };
  else if (latest) {
    const { changed = cameShort ? 0 : FEW + 1, continued = false } = latest;
    const atOnce = latest !== first && (changed <= FEW || continued);
    made.current = { text: latest.job.text, shown: <CutView {...{ cut: latest.cut, scope, atOnce }} /> };
  }
  const shown = made.current && text.startsWith(made.current.text) ? made.current : undefined;
  const rest = text.slice(shown?.text.length ?? 0);
  const isSaid = rest !== '' && (!shown || isGivenUp || isSlow || rest.length > BEHIND);
  return (
    <>
      {shown?.shown}
      {isSaid && <AsWritten text={rest} state={growing ? 'growing' : 'loading'} />}
    </>
  );
}

/** `first`: how far it was read before it was mounted. */
function useGrowingBlock(name: string | undefined, job: LongBlockJob) {
  const { text, scope, numbers = '', start, notes = false, growing = false } = job;
  const block = useMemo(() => (name === undefined ? undefined : growingBlock(name)), [name]);
  const [first] = useState(block?.latest);
  const [, render] = useReducer((n: number) => n + 1, 0);
  useEffect(() => block?.listen((isFirst) => (isFirst ? steadily(render) : render())), [block]);
  useEffect(
    () => block?.want({ text, scope, numbers, start, notes, growing }),
    [block, text, scope, numbers, start, notes, growing],
  );
  const latest = block?.latest;
  return {
    latest: latest && text.startsWith(latest.job.text) ? latest : undefined,
    isGivenUp: block?.isGivenUp === true,
    isSlow: block?.isSlow === true,
    first,
  };
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

interface ShownSlices {
  readonly slices: readonly BlockSlice[];
  readonly scope: string;
  /** What waits for no turn: all, as little has changed, or the slice to which more was added: what comes after it stands there already. */
  readonly atOnce: boolean | number;
}

const Slices = createContext<ShownSlices>({ slices: [], scope: '', atOnce: false });

function CutView({ cut, scope, atOnce }: Omit<ShownSlices, 'slices'> & { readonly cut: CutBlock }) {
  const frame = useMemo(() => renderTree(cut.frame, { scope, more }), [cut, scope]);
  const shared = useMemo(() => ({ slices: cut.slices, scope, atOnce }), [cut, scope, atOnce]);
  return <Slices value={shared}>{frame}</Slices>;
}

const more = { [SLICE_TAG]: SliceView } as Components;

/** As it was written until it is its turn; then, when it has changed, as it was. */
function SliceView({ at }: { readonly at: number }): ReactNode {
  const { slices, scope, atOnce } = use(Slices);
  const slice = slices[at] as BlockSlice;
  const [taken, place] = useInTurn<HTMLElement, BlockSlice>(
    slice,
    slice.source.length,
    atOnce === true || atOnce === at,
  );
  const pieces = usePieces(at);
  const shown = useMemo(() => {
    if (taken) return renderTree(taken.tree, { scope });
    const Tag = tagIn(slice.within);
    return (
      <Tag ref={place as Ref<never>} className="md-lines" data-loading>
        {slice.source}
      </Tag>
    );
  }, [taken, slice, scope, place]);
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
