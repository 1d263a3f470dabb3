import { type Edge, type NodeTypes, ReactFlow, ReactFlowProvider, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './diagram.css';
import { useCallback, useMemo, useRef, useState } from 'react';
import { cx, useGrowing } from '../../../components/index.ts';
import { usePlaceBefore } from '../../../stores/whereabouts/index.ts';
import { CursorFrame, ForkFrame } from '../cards/cursor-frame.tsx';
import { ExplorerContext } from '../cards/explorer-context.ts';
import type { CardNode } from '../cards/flow-elements.ts';
import { Preview } from '../cards/preview.tsx';
import { RootCard } from '../cards/root-card.tsx';
import { SegmentCard } from '../cards/segment-card.tsx';
import { TurnCard } from '../cards/turn-card.tsx';
import { usePointedCard } from '../cards/use-pointed-card.ts';
import { Minimap } from '../paint/minimap.tsx';
import { TreeCanvas } from '../paint/tree-canvas.tsx';
import { backCard, type Fork, partsAt } from '../scene/forks.ts';
import { boxOf, FORK, indexOfMessage, type Scene } from '../scene/scene.ts';
import type { DiagramState } from '../scene/use-diagram.ts';
import { wholeView } from '../scene/viewport.ts';
import { DiagramControls } from './diagram-controls.tsx';
import { TreeBar } from './tree-bar.tsx';
import { useHits, usePickedCards } from './use-hits.ts';
import { useNearCards } from './use-near-cards.ts';
import { useSteadyView } from './use-steady-view.ts';
import { useZoom } from './use-zoom.ts';

const nodeTypes: NodeTypes = { turn: TurnCard, segment: SegmentCard, stub: SegmentCard, root: RootCard };
const noEdges: Edge[] = [];
/** The closest one comes. */
const MOST = 1.5;
/** So many cards need no minimap. */
const SMALL = 8;
/** Drawn in a task each, after the frame of it all. */
const [PICTURE, CARDS, BARS] = [1, 2, 3];

interface DiagramProps {
  readonly conversation: string;
  readonly diagram: DiagramState;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** The message the next one follows, or takes the place of. */
  readonly next: string | null;
  /** The message the outline's focus stands on; null while the focus is elsewhere. */
  readonly cursor: string | null;
  /** A reply is being written on the path. */
  readonly live: boolean;
  readonly onSelect: (message: string, at?: string) => void;
}

/**
 * The tree as a diagram: React Flow for the cards that are near, a canvas under it for all the rest, moved by the same transform. A
 * picture for eye and pointer; keyboard and screen reader use the outline, which says the same (decisions 0081, 0086).
 */
export function Diagram(props: DiagramProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({
  conversation,
  diagram,
  selected,
  next: nextMessage,
  cursor,
  live,
  onSelect,
}: DiagramProps) {
  const { scene, unfold, refold, unfoldAll, touched, chosen, all } = diagram;
  const latest = useRef(scene);
  latest.current = scene;
  const explorer = useMemo(() => {
    const previewOf = (id: string) => latest.current.turns.tree.messages.get(id)?.preview ?? '';
    return { conversation, goTo: onSelect, previewOf, sceneNow: () => latest.current, unfold };
  }, [conversation, onSelect, unfold]);
  const here = cardOf(scene, selected);
  const back = backCard(scene, usePlaceBefore(conversation), here);
  const next = cardOf(scene, nextMessage);
  const reader = useMemo(() => ({ here, next, back }), [here, next, back]);
  const focused = cardOf(scene, cursor);
  // Before the cards are chosen: where it opens says which.
  const { byHand } = useSteadyView({ scene, message: cursor ?? selected ?? undefined, touched, live });
  const drawn = useGrowing(1, () => BARS);
  const nodes = useNearCards(scene, reader, drawn >= CARDS);
  const mounted = useMemo(() => new Set(nodes.map(({ id }) => scene.indexOf.get(id) ?? -1)), [nodes, scene]);
  const pointed = usePointedCard(conversation, scene, onSelect);
  const hits = useHits(conversation, scene);
  const picked = usePickedCards(conversation, scene);
  const mapped = useMemo(() => isMapped(scene), [scene]);
  const { fork, onShow } = useShownFork(selected);
  const pane = useRef<HTMLDivElement>(null);
  const least = useLeastZoom(scene);
  const zoom = useZoom({ pane, scene, here, least, most: MOST, byHand });
  return (
    <ExplorerContext value={explorer}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {drawn >= BARS ? (
          <TreeBar {...{ conversation, scene, here, onShow }} shown={fork?.message} />
        ) : (
          <div className="h-10 shrink-0 border-line border-b bg-surface" />
        )}
        <div className="@container/tree flex min-h-0 flex-1">
          <div ref={pane} className="relative flex min-w-0 flex-1" {...pointed.handlers}>
            {drawn >= PICTURE && (
              <TreeCanvas {...{ scene, ...reader, mounted, hits, picked }} over={pointed.over} />
            )}
            <ReactFlow<CardNode, Edge>
              className={cx(pointed.over >= 0 && 'over-card')}
              nodes={nodes}
              edges={noEdges}
              nodeTypes={nodeTypes}
              onMoveStart={(event) => {
                pointed.moved();
                zoom.onMoveStart();
                if (event) byHand();
              }}
              onMoveEnd={zoom.onMoveEnd}
              onPaneClick={pointed.onPaneClick}
              onPaneContextMenu={pointed.onPaneContextMenu}
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
              minZoom={least}
              maxZoom={MOST}
              panOnScroll
              zoomOnDoubleClick={false}
              proOptions={{ hideAttribution: true }}
            >
              {focused >= 0 && <CursorFrame box={boxOf(scene, focused)} />}
              {fork && <ForkFrame box={boxOf(scene, partsAt(scene, fork))} />}
            </ReactFlow>
            {pointed.resting && (
              <Preview conversation={conversation} scene={scene} resting={pointed.resting} />
            )}
          </div>
          {mapped && <Minimap scene={scene} {...reader} hits={hits} />}
        </div>
        {drawn >= BARS ? (
          <DiagramControls
            scene={scene}
            here={here}
            next={next}
            onRefold={chosen.size > 0 || all ? refold : undefined}
            onUnfoldAll={all || !scene.cards.some(({ kind }) => kind !== 'turn') ? undefined : unfoldAll}
          />
        ) : (
          <div className="h-11 shrink-0 border-line border-t bg-surface" />
        )}
      </div>
    </ExplorerContext>
  );
}

const cardOf = (scene: Scene, message: string | null): number =>
  message === null ? -1 : (indexOfMessage(scene, message) ?? -1);

/** A small tree, or one without forks, needs no minimap. */
const isMapped = ({ count, flags }: Scene): boolean =>
  count > SMALL && flags.some((bits) => (bits & FORK) !== 0);

/** The fork the bar has shown, until the reader is elsewhere. */
function useShownFork(selected: string | null) {
  const [shown, setShown] = useState<{ readonly fork: Fork; readonly from: string | null }>();
  const from = useRef(selected);
  from.current = selected;
  const onShow = useCallback((fork: Fork) => setShown({ fork, from: from.current }), []);
  return { fork: shown?.from === selected ? shown.fork : undefined, onShow };
}

/** Far enough to see the whole tree, and a little more. */
function useLeastZoom(scene: Scene): number {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  if (width === 0 || height === 0) return 0.05;
  return Math.min(0.05, wholeView(scene.extent, { width, height }, 1).zoom * 0.8);
}
