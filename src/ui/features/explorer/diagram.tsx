import {
  Background,
  BackgroundVariant,
  type Edge,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './diagram.css';
import { useMemo } from 'react';
import { CursorFrame } from './cursor-frame.tsx';
import { DiagramControls } from './diagram-controls.tsx';
import { ExplorerContext } from './explorer-context.ts';
import { type CardNode, edgesOf, nodesOf } from './flow-elements.ts';
import { RootCard } from './root-card.tsx';
import { SegmentCard } from './segment-card.tsx';
import { TurnCard } from './turn-card.tsx';
import type { DiagramState } from './use-diagram.ts';
import { useSteadyView } from './use-steady-view.ts';

const nodeTypes: NodeTypes = { turn: TurnCard, segment: SegmentCard, root: RootCard };

interface DiagramProps {
  readonly conversation: string;
  readonly diagram: DiagramState;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** The message the outline's focus stands on; null while the focus is elsewhere. */
  readonly cursor: string | null;
  /** A reply is being written on the path. */
  readonly live: boolean;
  readonly onSelect: (message: string, at?: string) => void;
}

/**
 * The tree as a diagram. The canvas is a picture for eye and pointer; keyboard and screen reader use the outline, which
 * says the same (decision 0081). Only cards near the viewport are mounted.
 */
export default function Diagram(props: DiagramProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ conversation, diagram, selected, cursor, live, onSelect }: DiagramProps) {
  const { model, unfold, refold, touched, chosen } = diagram;
  const nodes = useMemo(() => nodesOf(model), [model]);
  const edges = useMemo(() => edgesOf(model), [model]);
  const explorer = useMemo(
    () => ({ conversation, goTo: onSelect, unfold }),
    [conversation, onSelect, unfold],
  );
  const card = selected === null ? undefined : model.cardOf.get(selected);
  const focused = cursor === null ? undefined : model.cardOf.get(cursor);
  const { byHand } = useSteadyView({ model, card: focused ?? card, touched, live });
  return (
    <ExplorerContext value={explorer}>
      <ReactFlow<CardNode, Edge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onMoveStart={(event) => event && byHand()}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode="Control"
        minZoom={0.05}
        maxZoom={1.5}
        panOnScroll
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={28} size={1} />
        {focused !== undefined && <CursorFrame view={model.cards.find(({ id }) => id === focused)} />}
        <DiagramControls card={card} onRefold={chosen.size > 0 ? refold : undefined} />
      </ReactFlow>
    </ExplorerContext>
  );
}
