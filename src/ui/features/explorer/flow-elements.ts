/** React Flow's nodes and edges from the diagram's views. Sizes and points are given, so edges to cards that are not mounted are right. */
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { CardView, DiagramModel, EdgeView, RootView, SegmentView, TurnView } from './diagram-model.ts';
import { chipCentre, cornerOf, sizeOf, TRUNK } from './geometry.ts';

export type TurnNode = Node<{ readonly view: TurnView }, 'turn'>;
export type SegmentNode = Node<{ readonly view: SegmentView }, 'segment'>;
export type RootNode = Node<{ readonly view: RootView }, 'root'>;
export type CardNode = TurnNode | SegmentNode | RootNode;

/** Handle of the card itself, for edges that leave from no chip. */
export const WHOLE = 'card';

const nodes = new WeakMap<CardView, CardNode>();
const edges = new WeakMap<EdgeView, Edge>();

/** One node per card view, the same object as long as the view is the same. */
export function nodesOf(model: DiagramModel): CardNode[] {
  return model.cards.map((view) => memo(nodes, view, nodeOf));
}

export function edgesOf(model: DiagramModel): Edge[] {
  return model.edges.map((view) => memo(edges, view, edgeOf));
}

function memo<K extends object, V>(cache: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const known = cache.get(key);
  if (known) return known;
  const made = make(key);
  cache.set(key, made);
  return made;
}

function nodeOf(view: CardView): CardNode {
  const node = {
    id: view.id,
    type: view.kind,
    data: { view },
    position: cornerOf(view.place, view.kind),
    ...sizeOf(view.kind),
    handles: handlesOf(view),
    // React Flow takes the pointer from nodes that cannot be dragged or selected.
    style: { pointerEvents: 'all' },
  };
  // The kind of the view is the type of the node.
  return node as CardNode;
}

function handlesOf(view: CardView): NodeHandle[] {
  const { height } = sizeOf(view.kind);
  const point = (id: string, x: number, bottom: boolean): NodeHandle => ({
    id,
    type: bottom ? 'source' : 'target',
    position: bottom ? Position.Bottom : Position.Top,
    x,
    y: bottom ? height : 0,
    width: 1,
    height: 1,
  });
  const chips = view.kind === 'turn' ? view.chips : [];
  return [
    point(WHOLE, TRUNK, false),
    point(WHOLE, TRUNK, true),
    ...chips.map((chip, index) => point(chip.id, chipCentre(index), true)),
  ];
}

function edgeOf(view: EdgeView): Edge & { readonly pathOptions: { readonly borderRadius: number } } {
  return {
    id: view.id,
    source: view.source,
    target: view.target,
    sourceHandle: view.via ?? WHOLE,
    targetHandle: WHOLE,
    type: 'smoothstep',
    pathOptions: { borderRadius: 10 },
    focusable: false,
    zIndex: view.onPath ? 1 : 0,
    className: view.onPath ? 'edge-on-path' : 'edge-off-path',
  };
}
