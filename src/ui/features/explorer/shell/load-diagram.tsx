import { later, Spinner } from '../../../components/index.ts';
import * as strings from '../strings-first.ts';

/** React Flow is not for phones: they have the outline. */
export const LoadedDiagram = later(
  async () => (await import('./diagram.tsx')).Diagram,
  <Spinner label={strings.loadingTree} />,
);
