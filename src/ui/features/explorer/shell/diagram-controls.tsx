import { Panel, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { FoldVertical, LocateFixed, Maximize, Minus, Plus, Undo2, UnfoldVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, cx } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { usePlaceBefore } from '../../../stores/whereabouts/index.ts';
import { plainLine } from '../scene/first-line.ts';
import { boxOf, type Scene } from '../scene/scene.ts';
import { centreOfBox, inSight, wholeView } from '../scene/viewport.ts';
import { reducedMotion } from './motion.ts';

interface DiagramControlsProps {
  readonly conversation: string;
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** Folds again what was unfolded; absent when nothing was. */
  readonly onRefold: (() => void) | undefined;
  /** Shows every turn; absent when all are shown. */
  readonly onUnfoldAll: (() => void) | undefined;
}

/** Back to where the reader was and is, fit, zoom, fold. */
export function DiagramControls({ conversation, scene, here, onRefold, onUnfoldAll }: DiagramControlsProps) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const options = () => ({ duration: reducedMotion() ? 0 : 200 });
  const centre = () => {
    if (here < 0) return;
    const { x, y } = centreOfBox(boxOf(scene, here));
    void flow.setCenter(x, y, { ...options(), zoom: Math.min(1, Math.max(0.9, flow.getZoom())) });
  };
  const fit = () => {
    const { width, height } = store.getState();
    void flow.setViewport(wholeView(scene.extent, { width, height }, 1), options());
  };
  // Then the button has nothing more to show.
  const whole = useStore(({ transform, width, height }) =>
    inSight(scene.extent, transform, { width, height }),
  );
  useErrand('centre', centre);
  useErrand('fit', fit);
  return (
    <Panel
      position="bottom-left"
      // Beside the minimap; where there is no room for both in a row, the way back stands above.
      className="pointer-events-none! flex max-w-[calc(100%-12rem)] flex-wrap-reverse gap-1.5"
    >
      <div className="pointer-events-auto flex rounded-xl border border-line bg-surface p-0.5 shadow-raised">
        <Control
          label="Centre on where I am"
          words="Where I am"
          always
          icon={<LocateFixed size={17} aria-hidden />}
          onClick={centre}
        />
        <Control
          label="Fit the whole tree"
          words="Whole tree"
          done={whole}
          icon={<Maximize size={16} aria-hidden />}
          onClick={fit}
        />
        <Control
          label="Zoom out"
          icon={<Minus size={16} aria-hidden />}
          onClick={() => void flow.zoomOut(options())}
        />
        <Control
          label="Zoom in"
          icon={<Plus size={16} aria-hidden />}
          onClick={() => void flow.zoomIn(options())}
        />
        {onUnfoldAll && (
          <Control
            label="Unfold everything"
            words="Unfold everything"
            icon={<UnfoldVertical size={16} aria-hidden />}
            onClick={onUnfoldAll}
          />
        )}
        {onRefold && (
          <Control
            label="Fold again"
            words="Fold again"
            icon={<FoldVertical size={16} aria-hidden />}
            onClick={onRefold}
          />
        )}
      </div>
      <WayBack conversation={conversation} scene={scene} />
    </Panel>
  );
}

interface ControlProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown where the pane is wide: part of the name, for those who say what they see. Default: none. */
  readonly words?: string;
  /** Also where it is narrow. Default: no. */
  readonly always?: boolean;
  /** It is so already. Default: no. */
  readonly done?: boolean;
  readonly onClick: () => void;
}

function Control({ label, icon, words, always = false, done = false, onClick }: ControlProps) {
  return (
    <Button
      look="ghost"
      aria-label={label}
      tip={done ? 'All of it is in sight' : label}
      icon={icon}
      onClick={onClick}
      className={cx('min-h-9 shrink-0 whitespace-nowrap px-2! text-ink! text-xs', done && 'bg-hover')}
    >
      {words && <span className={always ? undefined : 'hidden @min-[54rem]:inline'}>{words}</span>}
    </Button>
  );
}

/** To where the reader was before the last jump, as the browser's Back. */
function WayBack({ conversation, scene }: Pick<DiagramControlsProps, 'conversation' | 'scene'>) {
  const before = usePlaceBefore(conversation);
  if (before === undefined) return null;
  // By what was asked, as its card is.
  const turn = scene.turns.turnOf.get(before) ?? before;
  const words = plainLine(scene.turns.tree.messages.get(turn)?.preview ?? '');
  return (
    <button
      type="button"
      data-tip="Back to where you were before"
      className="pointer-events-auto flex min-h-9 max-w-60 items-center gap-1.5 rounded-xl border border-line bg-surface px-2.5 font-medium text-ink text-xs shadow-raised hover:bg-hover"
      onClick={() => history.back()}
    >
      <Undo2 size={15} aria-hidden className="shrink-0 text-leaf" />
      <span className="truncate" dir="auto">
        Back to {words ? `“${words}”` : 'where you were'}
      </span>
    </button>
  );
}
