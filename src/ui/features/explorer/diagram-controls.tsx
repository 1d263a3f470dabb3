import { Panel, useReactFlow } from '@xyflow/react';
import { FoldVertical, LocateFixed, Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../../components/index.ts';
import { reducedMotion } from './motion.ts';

interface DiagramControlsProps {
  readonly card: string | undefined;
  /** Folds again what was unfolded; absent when nothing was. */
  readonly onRefold: (() => void) | undefined;
}

/** Back to where the reader is, fit, zoom. */
export function DiagramControls({ card, onRefold }: DiagramControlsProps) {
  const flow = useReactFlow();
  const options = { duration: reducedMotion() ? 0 : 200 };
  const centre = () => {
    if (card === undefined) return;
    void flow.fitView({ ...options, nodes: [{ id: card }], minZoom: 0.9, maxZoom: 1 });
  };
  return (
    <Panel
      position="bottom-left"
      className="flex rounded-xl border border-line bg-surface p-0.5 shadow-raised"
    >
      <IconButton label="Centre on where I am" icon={<LocateFixed size={17} />} onClick={centre} />
      <IconButton
        label="Fit the whole tree"
        icon={<Maximize size={16} />}
        onClick={() => void flow.fitView({ ...options, padding: 0.06, maxZoom: 1 })}
      />
      <IconButton label="Zoom out" icon={<Minus size={16} />} onClick={() => void flow.zoomOut(options)} />
      <IconButton label="Zoom in" icon={<Plus size={16} />} onClick={() => void flow.zoomIn(options)} />
      {onRefold && <IconButton label="Fold again" icon={<FoldVertical size={16} />} onClick={onRefold} />}
    </Panel>
  );
}
