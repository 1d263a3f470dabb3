import { memo, useEffect, useRef } from 'react';
import type { Part } from '../../../../protocol/index.ts';
import { PartView } from '../parts/part-view.tsx';
import type { PartTimes } from '../pieces/part-times.ts';

/** Parts that are rendered and laid out together. */
const SLICE = 8;
/** More slices than this, and those far from the window cost nothing (thread.css). */
const FEW = 2;

interface PartListProps {
  readonly parts: readonly Part[];
  /** Of the reply: no other has it on this page. */
  readonly scope: string;
  readonly writing: boolean;
  readonly seconds: PartTimes['seconds'];
  /** Its thoughts are all there is to read. */
  readonly alone: boolean;
}

/** The parts of a reply. In slices: hundreds of an agent's turn grow by one, and only where something changed is anything done. */
export function PartList(props: PartListProps) {
  const { parts } = props;
  const count = Math.ceil(parts.length / SLICE);
  return Array.from({ length: count }, (_, n) => (
    // Parts keep their place, and so do slices.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Slice key={n} {...props} from={n * SLICE} skips={count > FEW && n < count - 1} />
  ));
}

interface SliceProps extends PartListProps {
  readonly from: number;
  /** Far from the window it need not be laid out. */
  readonly skips: boolean;
}

const Slice = memo(function Slice({ parts, from, skips, scope, writing, seconds, alone }: SliceProps) {
  const own = parts.slice(from, from + SLICE);
  const last = parts.length - 1;
  const views = own.map((part, n) => (
    // Deltas name parts by their place.
    <PartView
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      key={n}
      part={part}
      scope={`${scope}-${from + n}`}
      writing={writing && from + n === last}
      seconds={seconds[from + n]}
      alone={alone}
    />
  ));
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => (skips && ref.current ? skipFarAway(ref.current) : undefined), [skips]);
  return (
    <div ref={ref} className="part-slice">
      {views}
    </div>
  );
}, isAsBefore);

function isAsBefore(before: SliceProps, now: SliceProps): boolean {
  if (now.skips !== before.skips || now.scope !== before.scope || now.alone !== before.alone) return false;
  const end = now.from + SLICE;
  const isLast = ({ parts, writing }: SliceProps) => writing && parts.length <= end;
  if (isLast(now) !== isLast(before)) return false;
  for (let at = now.from; at < end; at += 1)
    if (now.parts[at] !== before.parts[at] || now.seconds[at] !== before.seconds[at]) return false;
  return true;
}

/** Views, pictures and formulas come a moment after the parts: a height that stayed for so long is taken for good, in ms. */
const STEADY = 500;

/**
 * Once its height is known the element is skipped far from the window. When that has changed meanwhile (another width, another look of
 * changes), what stands below it stays where it is on the screen. Of a row that is above the window as a whole the thread itself sees to that.
 * @returns the way to stop
 */
function skipFarAway(element: HTMLElement): () => void {
  let height = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const skip = () => {
    element.style.containIntrinsicBlockSize = `auto ${height}px`;
    element.dataset.skips = '';
  };
  const observer = new ResizeObserver(([entry]) => {
    const was = height;
    height = entry?.borderBoxSize[0]?.blockSize ?? element.offsetHeight;
    clearTimeout(timer);
    if (height > 0) timer = setTimeout(skip, STEADY);
    if (height > 0 && element.dataset.skips !== undefined) holdBelow(element, height - was);
  });
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

function holdBelow(element: HTMLElement, grown: number): void {
  const scroller = element.closest('.thread');
  const row = element.closest('[data-key]');
  if (!scroller || !row) return;
  const { top } = scroller.getBoundingClientRect();
  const reaches = row.getBoundingClientRect().bottom > top;
  const ended = element.getBoundingClientRect().bottom - grown;
  if (reaches && ended <= top) scroller.scrollTop += grown;
}
