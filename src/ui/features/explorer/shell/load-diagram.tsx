import { later, Spinner } from '../../../components/index.ts';
import * as strings from '../strings-first.ts';

/** In the place of the tree, from its first moment: cards without words. */
export function TreeWaiting() {
  return (
    <div className="soon-cards">
      <i />
      <i />
      <i />
      <Spinner label={strings.loadingTree} />
    </div>
  );
}

/** React Flow is not for phones: they have the outline. */
export const LoadedDiagram = later(async () => (await import('./diagram.tsx')).Diagram, <TreeWaiting />);
