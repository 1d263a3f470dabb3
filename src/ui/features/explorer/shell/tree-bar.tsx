import { useReactFlow, useStoreApi } from '@xyflow/react';
import { ArrowLeft, ArrowLeftRight, ChevronDown, ChevronUp, MessageSquareMore } from 'lucide-react';
import {
  type ComponentProps,
  memo,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { versionsOf } from '../../../../tree/index.ts';
import { cx, Menu } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { usePlaceBefore } from '../../../stores/whereabouts/index.ts';
import { BranchMenu } from '../cards/branch-items.tsx';
import { useExplorer } from '../cards/explorer-context.ts';
import { LiveItems, openMenuIn } from '../cards/live-items.tsx';
import {
  cardsOfFork,
  type Fork,
  forksAround,
  forksOf,
  type LiveCard,
  liveOf,
  otherBranch,
} from '../scene/forks.ts';
import { ForkSign } from '../scene/marks.tsx';
import { boxOf, indexOfMessage, type Scene } from '../scene/scene.ts';
import { aroundAll, centreOfBox, framed } from '../scene/viewport.ts';
import * as strings from '../strings.ts';
import { reducedMotion } from './motion.ts';

interface TreeBarProps {
  readonly conversation: string;
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The message of the fork that is shown. */
  readonly shown: string | undefined;
  readonly onShow: (fork: Fork) => void;
}

/**
 * Above the tree, of one height and with its buttons in the same places at every width and whatever they say: the forks of the path one
 * after another, the branches of the one it stands at, what is live, and the way back. But for the branches and the way back a click
 * shows something and goes nowhere.
 */
export function TreeBar(now: TreeBarProps) {
  const { conversation, scene, here, shown, onShow } = now;
  // After the cards: to walk the whole path is not for the frame in which a message comes.
  const given = useMemo(
    () => ({ conversation, scene, here, shown, onShow }),
    [conversation, scene, here, shown, onShow],
  );
  return <Bar {...useDeferredValue(given)} />;
}

const Bar = memo(function Bar({ conversation, scene, here, shown, onShow }: TreeBarProps) {
  const forks = useMemo(() => forksOf(scene), [scene]);
  const live = useMemo(() => liveOf(scene), [scene]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields of a form
    <div
      role="group"
      aria-label={strings.forksAndLive}
      className="@container h-10 shrink-0 overflow-hidden border-line border-b bg-surface"
    >
      <div className="grid h-full grid-cols-[4.75rem_1.75rem_1.75rem_2.75rem_4rem_minmax(1.75rem,1fr)] items-center gap-0.5 px-1 @min-[31rem]:grid-cols-[7.5rem_1.75rem_1.75rem_9.5rem_5.5rem_minmax(1.75rem,1fr)]">
        <ForkSteps {...{ scene, here, forks, shown, onShow }} />
        <LiveList scene={scene} here={here} live={live} />
        <WayBack conversation={conversation} scene={scene} />
      </div>
    </div>
  );
});

/** Cards read at these zooms. */
const ZOOMS = { least: 0.4, most: 0.9 } as const;

/** Brings cards into the middle, all that have room, else the first two, else the first. */
function useShow(scene: Scene): (cards: readonly number[]) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return (cards) => {
    const { width, height } = store.getState();
    const boxes = cards.map((card) => boxOf(scene, card));
    const [first] = boxes;
    if (!first) return;
    const { x, y } = centreOfBox(first);
    const alone = { x: width / 2 - x * ZOOMS.most, y: height / 2 - y * ZOOMS.most, zoom: ZOOMS.most };
    const frame = (some: typeof boxes) => framed(aroundAll(some), { width, height }, ZOOMS);
    void flow.setViewport(frame(boxes) ?? frame(boxes.slice(0, 2)) ?? alone, {
      duration: reducedMotion() ? 0 : 200,
    });
  };
}

/** Runs lie in runs; more than this many are not opened for one press. */
const DEEPEST = 20;

interface WantedCard {
  readonly message: string;
  /** How many more runs may be unfolded for it. */
  readonly left: number;
  /** The scene in which one was unfolded last. */
  readonly unfolded?: Scene;
}

/** Shows the card of a message, once what is folded over it is unfolded, run by run. */
function useReveal(scene: Scene): (message: string) => void {
  const show = useShow(scene);
  const { unfold } = useExplorer();
  const [wanted, setWanted] = useState<WantedCard>();
  useEffect(() => {
    // What was unfolded is not in the scene yet.
    if (!wanted || wanted.unfolded === scene) return;
    const index = indexOfMessage(scene, wanted.message) ?? 0;
    // The first card is the root's, which is in no list.
    const card = scene.cards[index - 1];
    if (card && card.kind !== 'turn' && wanted.left > 0) {
      unfold(card.run, card.id);
      return setWanted({ ...wanted, left: wanted.left - 1, unfolded: scene });
    }
    if (card) show([index]);
    setWanted(undefined);
  });
  return (message) => setWanted({ message, left: DEEPEST });
}

interface ForkStepsProps extends Omit<TreeBarProps, 'conversation'> {
  readonly forks: readonly Fork[];
}

/** Which fork, the one above and below, and its branches. */
function ForkSteps({ scene, here, forks, shown, onShow }: ForkStepsProps) {
  const show = useShow(scene);
  const { goTo } = useExplorer();
  const { at, where, above, below } = forksAround(scene, forks, here, shown);
  const fork = forks[at];
  const go = (to: number | undefined) => {
    const next = forks[to ?? -1];
    if (!next) return;
    onShow(next);
    show(cardsOfFork(scene, next));
  };
  useErrand('fork-above', () => go(above));
  useErrand('fork-below', () => go(below));
  useErrand('other-branch', () => {
    const other = fork && otherBranch(scene, fork);
    if (other) goTo(other.message);
  });
  const place = [at + 1, forks.length] as const;
  return (
    <>
      <BarButton
        aria-label={fork ? strings.forkOf(where, ...place) : strings.noForks}
        tip={fork ? strings.showFork(...place) : strings.noForksMeans}
        off={!fork}
        onClick={() => go(at)}
      >
        <ForkSign />
        <span className="hidden truncate @min-[31rem]:inline">
          {fork ? strings.forkOfShort(where, ...place) : strings.noForks}
        </span>
        <span className="truncate @min-[31rem]:hidden">
          {fork ? strings.forkOfSign(where, ...place) : strings.noForksShort}
        </span>
      </BarButton>
      <BarButton
        tip={strings.forkAbove}
        aria-label={strings.forkAbove}
        off={above === undefined}
        onClick={() => go(above)}
      >
        <ChevronUp size={16} aria-hidden className="mx-auto shrink-0" />
      </BarButton>
      <BarButton
        tip={strings.forkBelow}
        aria-label={strings.forkBelow}
        off={below === undefined}
        onClick={() => go(below)}
      >
        <ChevronDown size={16} aria-hidden className="mx-auto shrink-0" />
      </BarButton>
      <BranchMenu
        label={strings.otherBranches}
        of={({ turns }) => (fork ? versionsOf(turns.tree, fork.message) : [])}
        trigger={({ onClick, onKeyDown, ...props }) => (
          <BarButton
            {...props}
            aria-label={strings.otherBranches}
            tip={fork ? strings.branchesOfFork(...place) : strings.otherBranches}
            off={!fork}
            {...(fork && { onClick, onKeyDown })}
            className="border-line border-l"
          >
            <ArrowLeftRight size={14} aria-hidden className="shrink-0 text-leaf" />
            <span className="hidden truncate @min-[31rem]:inline">{strings.otherBranches}</span>
            <Opens />
          </BarButton>
        )}
      />
    </>
  );
}

interface LiveListProps extends Pick<TreeBarProps, 'scene' | 'here'> {
  readonly live: readonly LiveCard[];
}

/** What is being written, by what it answers, and where that is: one that is chosen is shown. */
function LiveList({ scene, here, live }: LiveListProps) {
  const reveal = useReveal(scene);
  const list = useRef<HTMLSpanElement>(null);
  useErrand('live', () => openMenuIn(list.current));
  const count = live.reduce((sum, { replies }) => sum + replies.length, 0);
  const off = count === 0;
  return (
    <Menu
      label={strings.live}
      trigger={({ onClick, onKeyDown, ...props }) => (
        <BarButton
          {...props}
          aria-label={strings.liveSeveral(count)}
          tip={off ? strings.noneWritten : strings.repliesWritten}
          off={off}
          {...(!off && { onClick, onKeyDown })}
          className={cx('gap-1! border-line border-l', !off && 'text-warn!')}
        >
          <MessageSquareMore size={14} aria-hidden className="shrink-0" />
          <span ref={list} className="truncate tabular-nums">
            {count}
          </span>
          <span className="hidden @min-[31rem]:inline">{strings.rowLive}</span>
          <Opens />
        </BarButton>
      )}
    >
      <LiveItems scene={scene} here={here} live={live} onChoose={(_index, reply) => reveal(reply)} />
    </Menu>
  );
}

/** To where the reader was before the last jump, as the browser's Back. */
function WayBack({ conversation, scene }: Pick<TreeBarProps, 'conversation' | 'scene'>) {
  const before = usePlaceBefore(conversation);
  // By what was asked, as its card is.
  const turn = before === undefined ? undefined : (scene.turns.turnOf.get(before) ?? before);
  const words = plainLine(scene.turns.tree.messages.get(turn ?? '')?.preview ?? '');
  const name = before === undefined ? strings.back : words ? strings.backTo(words) : strings.backToBefore;
  return (
    <BarButton
      aria-label={name}
      tip={before === undefined ? strings.backNowhere : strings.backToBefore}
      off={before === undefined}
      className="border-line border-l"
      onClick={() => before !== undefined && history.back()}
    >
      <ArrowLeft size={15} aria-hidden className="shrink-0 text-leaf" />
      <span className="hidden truncate @min-[36rem]:inline" dir="auto">
        {name}
      </span>
      <span className="hidden @min-[20.5rem]:inline @min-[36rem]:hidden">{strings.back}</span>
    </BarButton>
  );
}

const Opens = () => <ChevronDown size={12} aria-hidden className="ml-auto shrink-0 text-muted" />;

interface BarButtonProps extends ComponentProps<'button'> {
  readonly tip: string;
  /** There is nothing to do now; it stands in its place all the same. */
  readonly off: boolean;
  readonly children: ReactNode;
}

/** As wide as its column, whatever it says. */
function BarButton({ tip, off, className, ...rest }: BarButtonProps) {
  return (
    <button
      type="button"
      data-tip={tip}
      aria-disabled={off}
      className={cx(
        'flex h-8 min-w-0 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 font-medium text-ink text-xs hover:bg-hover aria-disabled:cursor-default aria-disabled:text-muted aria-disabled:opacity-60 aria-disabled:hover:bg-transparent',
        className,
      )}
      {...rest}
    />
  );
}
