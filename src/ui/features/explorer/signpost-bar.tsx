import { Panel, useReactFlow } from '@xyflow/react';
import { GitBranch } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { reducedMotion } from './motion.ts';
import { boxOf, type Scene } from './scene.ts';
import { signpostsOf } from './signposts.ts';
import { centreOfBox } from './viewport.ts';

interface SignpostBarProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
}

/** Where it forked and what is being written, in words, wherever on the tree one looks. A click shows the next of them and goes nowhere. */
export function SignpostBar({ scene, here }: SignpostBarProps) {
  const { forks, live, replies } = useMemo(() => signpostsOf(scene, here), [scene, here]);
  if (forks.length === 0 && live.length === 0) return null;
  return (
    <Panel
      position="top-right"
      className="flex gap-1 rounded-xl border border-line bg-surface p-0.5 shadow-raised"
    >
      {forks.length > 0 && (
        <Signpost scene={scene} cards={forks} label={`${counted(forks.length, 'fork')} on your path`}>
          <GitBranch size={14} aria-hidden className="text-leaf" />
        </Signpost>
      )}
      {live.length > 0 && (
        <Signpost scene={scene} cards={live} label={`${replies} live`}>
          <span aria-hidden className="size-2 rounded-full bg-warn motion-safe:animate-pulse" />
        </Signpost>
      )}
    </Panel>
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

interface SignpostProps {
  readonly scene: Scene;
  readonly cards: readonly number[];
  readonly label: string;
  readonly children: ReactNode;
}

function Signpost({ scene, cards, label, children }: SignpostProps) {
  const flow = useReactFlow();
  const [shown, setShown] = useState(-1);
  const next = () => {
    const at = (shown + 1) % cards.length;
    setShown(at);
    const { x, y } = centreOfBox(boxOf(scene, cards[at] as number));
    const duration = reducedMotion() ? 0 : 200;
    void flow.setCenter(x, y, { duration, zoom: Math.min(1, Math.max(0.9, flow.getZoom())) });
  };
  return (
    <button
      type="button"
      onClick={next}
      data-tip={cards.length > 1 ? 'Show the next' : 'Show it'}
      className="flex min-h-8 items-center gap-1.5 rounded-lg px-2 font-medium text-ink text-xs hover:bg-hover"
    >
      {children}
      {label}
    </button>
  );
}
