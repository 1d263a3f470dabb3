import { Handle, Position } from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { CardView } from './diagram-model.ts';
import { WHOLE } from './flow-elements.ts';
import { chipCentre, TRUNK } from './geometry.ts';

const POINT: CSSProperties = {
  minWidth: 0,
  minHeight: 0,
  width: 1,
  height: 1,
  border: 0,
  opacity: 0,
  pointerEvents: 'none',
};

/**
 * Where edges begin and end: the same points as in `flow-elements.ts`. React Flow measures mounted cards and forgets the points
 * it was given, so they have to be there to be measured.
 */
export function Anchors({ view }: { readonly view: CardView }) {
  const chips = view.kind === 'turn' ? view.chips : [];
  return (
    <>
      <Point id={WHOLE} kind="target" />
      <Point id={WHOLE} kind="source" />
      {chips.map(
        ({ id, continued }, index) =>
          continued && <Point key={id} id={id} kind="source" left={chipCentre(index)} />,
      )}
    </>
  );
}

interface PointProps {
  readonly id: string;
  readonly kind: 'source' | 'target';
  readonly left?: number;
}

function Point({ id, kind, left }: PointProps) {
  const side = kind === 'target' ? { top: 0 } : { bottom: 0 };
  return (
    <Handle
      id={id}
      type={kind}
      position={kind === 'target' ? Position.Top : Position.Bottom}
      isConnectable={false}
      style={{ ...POINT, ...side, left: left ?? TRUNK, transform: 'translateX(-50%)' }}
    />
  );
}
