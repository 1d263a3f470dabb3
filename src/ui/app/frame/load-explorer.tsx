import { later, NARROW } from '../../components/index.ts';
import { LoadedDiagram, TreeWaiting } from '../../features/explorer/index.ts';

/**
 * The tree's pane; where there is room for it, the diagram is asked for at the same time. Apart from the first load: a page opens in Chat.
 */
export const LoadedExplorer = later(
  async () => {
    if (!window.matchMedia(NARROW).matches) void LoadedDiagram.load();
    return (await import('../../features/explorer/later.ts')).Explorer;
  },
  <TreeWaiting />,
);
