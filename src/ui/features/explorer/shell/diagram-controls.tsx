import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { FoldVertical, LocateFixed, Maximize, Minus, Plus, UnfoldVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, cx } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { boxOf, type Scene } from '../scene/scene.ts';
import { centreOfBox, inSight, wholeView } from '../scene/viewport.ts';
import { Legend } from './legend.tsx';
import { reducedMotion } from './motion.ts';

interface DiagramControlsProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** Folds again what was unfolded; absent when nothing was. */
  readonly onRefold: (() => void) | undefined;
  /** Shows every turn; absent when all are shown. */
  readonly onUnfoldAll: (() => void) | undefined;
}

/** Below the tree, in a row of one height: to where the reader is, fit, zoom, fold; from afar what the marks mean. */
export function DiagramControls({ scene, here, onRefold, onUnfoldAll }: DiagramControlsProps) {
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
    <div className="@container h-11 shrink-0 border-line border-t bg-surface">
      <div className="flex h-full items-center gap-0.5 overflow-hidden px-1">
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
        <Legend scene={scene} />
      </div>
    </div>
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
