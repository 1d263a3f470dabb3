import { Panel, useReactFlow } from '@xyflow/react';
import { ArrowLeftRight, ArrowRight, ChevronDown, ChevronUp } from 'lucide-react';
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { IconButton } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { useExplorer } from '../cards/explorer-context.ts';
import { cardWords } from '../scene/card-words.ts';
import { ForkSign } from '../scene/marks.tsx';
import { boxOf, idOf, type Scene } from '../scene/scene.ts';
import {
  type Fork,
  forkBeside,
  forksOf,
  type LiveCard,
  liveOf,
  nearestFork,
  otherWay,
  partsAt,
  whereabouts,
} from '../scene/signposts.ts';
import { centreOfBox } from '../scene/viewport.ts';
import { reducedMotion } from './motion.ts';

interface SignpostBarProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
}

/**
 * Where it forked and what is being written, in words, wherever on the tree one looks: a click shows it and goes nowhere, but for the way
 * to the other branch.
 */
export function SignpostBar(now: SignpostBarProps) {
  // After the cards: to walk the whole path is not for the frame in which a message comes.
  const shown = useMemo(() => ({ scene: now.scene, here: now.here }), [now.scene, now.here]);
  return <Signposts {...useDeferredValue(shown)} />;
}

const Signposts = memo(function Signposts({ scene, here }: SignpostBarProps) {
  const forks = useMemo(() => forksOf(scene), [scene]);
  const live = useMemo(() => liveOf(scene), [scene]);
  return (
    <Panel position="top-right" className="flex max-w-[calc(100%-2rem)] flex-col items-end gap-1.5">
      {forks.length > 0 && <ForkSteps scene={scene} forks={forks} here={here} />}
      {live.length > 0 && <LiveSign scene={scene} here={here} live={live} />}
    </Panel>
  );
});

/** Brings a card into the middle, near enough to be read. */
function useShow(scene: Scene): (index: number) => void {
  const flow = useReactFlow();
  return (index) => {
    const { x, y } = centreOfBox(boxOf(scene, index));
    const duration = reducedMotion() ? 0 : 200;
    void flow.setCenter(x, y, { duration, zoom: Math.min(1, Math.max(0.9, flow.getZoom())) });
  };
}

interface ForkStepsProps extends SignpostBarProps {
  readonly forks: readonly Fork[];
}

/** The forks of the path, one after another: first from where the reader is, then from the one that was shown. */
function ForkSteps({ scene, here, forks }: ForkStepsProps) {
  const show = useShow(scene);
  const reader = here < 0 ? '' : idOf(scene, here);
  const [shown, setShown] = useState({ from: reader, of: forks.length, at: -1 });
  const at = shown.from === reader && shown.of === forks.length ? shown.at : -1;
  const beside = (step: -1 | 1) => {
    if (at < 0) return forkBeside(scene, forks, here, step);
    return forks[at + step] === undefined ? undefined : at + step;
  };
  const [above, below] = [beside(-1), beside(1)];
  const go = (fork: number | undefined) => {
    if (fork === undefined) return;
    setShown({ from: reader, of: forks.length, at: fork });
    show((forks[fork] as Fork).index);
  };
  useErrand('fork-above', () => go(above));
  useErrand('fork-below', () => go(below));
  const step = (label: string, fork: number | undefined, icon: ReactNode) => (
    <IconButton
      size="sm"
      label={label}
      icon={icon}
      aria-disabled={fork === undefined}
      className="aria-disabled:opacity-40"
      onClick={() => go(fork)}
    />
  );
  const nearest = forks[at] ?? nearestFork(scene, forks, here);
  return (
    <div className="rounded-xl border border-line bg-surface p-0.5 shadow-raised">
      <div className="flex items-center gap-0.5 pr-0.5">
        <button
          type="button"
          data-tip="Show the nearest fork"
          className="flex min-h-8 items-center gap-1.5 rounded-lg px-2 font-medium text-ink text-xs hover:bg-hover"
          onClick={() => go(above ?? below ?? 0)}
        >
          <ForkSign />
          {at < 0
            ? `${forks.length} fork${forks.length === 1 ? '' : 's'} on your path`
            : `Fork ${at + 1} of ${forks.length}`}
        </button>
        {step('Fork above', above, <ChevronUp size={16} aria-hidden />)}
        {step('Fork below', below, <ChevronDown size={16} aria-hidden />)}
      </div>
      {nearest && <OtherWay scene={scene} fork={nearest} />}
    </div>
  );
}

/** The way that was not taken at the nearest fork, or at the one that is shown, by its words: a click goes there. */
function OtherWay({ scene, fork }: { readonly scene: Scene; readonly fork: Fork }) {
  const { goTo } = useExplorer();
  const other = otherWay(scene, fork);
  const go = () => other && goTo(other.message);
  useErrand('other-branch', go);
  if (!other) return null;
  return (
    <button
      type="button"
      data-tip={`Go to the other ${other.kind} of this fork`}
      className="flex min-h-8 w-full max-w-80 items-center gap-2 rounded-lg px-2 py-1 text-left text-ink text-xs hover:bg-hover"
      onClick={go}
    >
      <ArrowLeftRight size={13} aria-hidden className="shrink-0 text-leaf" />
      <span className="min-w-0">
        <span className="flex gap-1.5">
          <span className="shrink-0 font-medium">Other {other.kind}:</span>
          <span className="truncate" dir="auto">
            {other.words}
          </span>
        </span>
        <Small>forks at “{cardWords(scene, partsAt(scene, fork)).title}”</Small>
      </span>
    </button>
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return (
    <span className="line-clamp-2 font-normal text-[11px] text-ink leading-4" dir="auto">
      {children}
    </span>
  );
}

/** Which reply is being written, by what it answers, and where that is; of several the next with each click. */
function LiveSign({ scene, here, live }: SignpostBarProps & { readonly live: readonly LiveCard[] }) {
  const show = useShow(scene);
  const [next, setNext] = useState(0);
  const { index, words } = live[next % live.length] as LiveCard;
  const where = whereabouts(scene, index, here);
  const replies = live.reduce((sum, card) => sum + card.replies, 0);
  const lead = replies > 1 ? `${replies} live:` : 'Live:';
  const said = words || 'a reply';
  const go = () => {
    show(index);
    setNext((next + 1) % live.length);
  };
  useErrand('live', go);
  return (
    <button
      type="button"
      aria-label={`${lead} ${said}, ${where}`}
      data-tip={live.length > 1 ? 'Show it; then the next' : 'Show it'}
      className="flex min-h-9 max-w-80 items-center gap-2 rounded-xl border border-warn bg-warn-soft px-2.5 py-1 text-left font-medium text-warn text-xs shadow-raised hover:bg-surface"
      onClick={go}
    >
      <span aria-hidden className="size-2 shrink-0 rounded-full bg-warn" />
      <span className="min-w-0">
        <span className="flex gap-1.5">
          <span className="shrink-0">{lead}</span>
          <span className="truncate" dir="auto">
            {said}
          </span>
        </span>
        <Small>{where}</Small>
      </span>
      <ArrowRight size={14} aria-hidden className="shrink-0" />
    </button>
  );
}
