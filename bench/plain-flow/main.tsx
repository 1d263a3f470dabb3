/** The same cards and lines with React Flow alone, to measure beside ours: all mounted, or with `?visible` those in sight. Not in the product. */
import { Handle, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { memo } from 'react';
import { createRoot } from 'react-dom/client';

interface Tree {
  readonly cards: readonly { id: string; x: number; y: number; title: string }[];
  readonly lines: readonly { from: string; to: string }[];
}

const Card = memo(function Card({ data }: NodeProps) {
  return (
    <div className="card">
      <Handle type="target" position={Position.Top} />
      <div>{String(data.title)}</div>
      <div>The first line of the reply to it, as long as a line is.</div>
      <Handle type="source" position={Position.Bottom} />
    </div>
  );
});

const tree: Tree = await (await fetch('./tree.json')).json();
const nodes = tree.cards.map(({ id, x, y, title }) => ({
  id,
  type: 'card',
  position: { x, y },
  data: { title },
  width: 248,
  height: 96,
}));
const edges = tree.lines.map(({ from, to }) => ({ id: to, source: from, target: to, type: 'smoothstep' }));
const visible = location.search.includes('visible');
const zoom = Number(new URLSearchParams(location.search).get('zoom') ?? 0.8);

createRoot(document.getElementById('root') as HTMLElement).render(
  <ReactFlow
    defaultNodes={nodes}
    defaultEdges={edges}
    nodeTypes={{ card: Card }}
    onlyRenderVisibleElements={visible}
    defaultViewport={{ x: 0, y: 0, zoom }}
    minZoom={0.005}
    panOnScroll
    nodesDraggable={false}
    proOptions={{ hideAttribution: true }}
  />,
);
