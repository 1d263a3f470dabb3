import { later, Spinner } from '../../components/index.ts';
import type { DiagramProps } from './diagram.tsx';

/** React Flow is not for phones: they have the outline. */
export const LoadedDiagram = later<DiagramProps>(
  async () => (await import('./diagram.tsx')).Diagram,
  <Spinner label="Loading the tree" />,
);
