import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { FoldVertical, LocateFixed, Maximize, Minus, Plus, UnfoldVertical } from 'lucide-react';
import { Button, IconButton } from '../../components/index.ts';
import { reducedMotion } from './motion.ts';
import { boxOf, type Scene } from './scene.ts';
import { centreOfBox, wholeView } from './viewport.ts';

interface DiagramControlsProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** Folds again what was unfolded; absent when nothing was. */
  readonly onRefold: (() => void) | undefined;
  /** Shows every turn; absent when all are shown. */
  readonly onUnfoldAll: (() => void) | undefined;
}

/** Back to where the reader is, fit, zoom, fold. */
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
  return (
    <Panel
      position="bottom-left"
      className="flex rounded-xl border border-line bg-surface p-0.5 shadow-raised"
    >
      <Button
        look="ghost"
        aria-label="Centre on where I am"
        tip="Centre on where I am"
        icon={<LocateFixed size={17} aria-hidden />}
        onClick={centre}
        className="px-2! text-xs"
      >
        Where I am
      </Button>
      <IconButton label="Fit the whole tree" icon={<Maximize size={16} />} onClick={fit} />
      <IconButton label="Zoom out" icon={<Minus size={16} />} onClick={() => void flow.zoomOut(options())} />
      <IconButton label="Zoom in" icon={<Plus size={16} />} onClick={() => void flow.zoomIn(options())} />
      {onUnfoldAll && (
        <IconButton label="Unfold everything" icon={<UnfoldVertical size={16} />} onClick={onUnfoldAll} />
      )}
      {onRefold && <IconButton label="Fold again" icon={<FoldVertical size={16} />} onClick={onRefold} />}
    </Panel>
  );
}
