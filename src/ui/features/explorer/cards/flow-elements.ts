/** React Flow's nodes from the views of the cards that are near. Sizes are given: nothing is measured. Lines are the canvas's. */
import type { Node } from '@xyflow/react';
import {
  type CardView,
  type ReaderCards,
  type RootView,
  type SegmentView,
  sameUnlessChanged,
  type TurnView,
  viewOf,
} from '../scene/diagram-model.ts';
import { cornerOf, sizeOf } from '../scene/geometry.ts';
import { idOf, type Scene } from '../scene/scene.ts';

export type TurnNode = Node<{ readonly view: TurnView }, 'turn'>;
export type SegmentNode = Node<{ readonly view: SegmentView }, 'segment' | 'stub'>;
export type RootNode = Node<{ readonly view: RootView }, 'root'>;
export type CardNode = TurnNode | SegmentNode | RootNode;

/** Nodes for the cards with these indexes; those of `before` whose view is the same are the same objects. */
export function nodesOf(
  scene: Scene,
  indexes: Iterable<number>,
  reader: ReaderCards,
  before: readonly CardNode[],
): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return [...indexes].map((index) => {
    const old = known.get(idOf(scene, index));
    const view = sameUnlessChanged(old?.data.view, viewOf(scene, index, reader));
    return old && view === old.data.view ? old : nodeOf(view);
  });
}

function nodeOf(view: CardView): CardNode {
  const size = sizeOf(view.kind);
  const node = {
    id: view.id,
    type: view.kind,
    data: { view },
    position: cornerOf(view.place, view.kind),
    ...size,
    measured: size,
    // React Flow takes the pointer from nodes that cannot be dragged or selected.
    style: { pointerEvents: 'all' },
  };
  // The kind of the view is the type of the node.
  return node as CardNode;
}
