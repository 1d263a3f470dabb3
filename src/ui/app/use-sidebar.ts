import { useMedia } from '../components/index.ts';
import { showColumn, showDrawer, useLayout } from '../stores/layout.ts';

interface SidebarState {
  /** Beside the page (a column), over it (a drawer, on narrow screens), or not at all. */
  readonly as: 'column' | 'drawer' | 'none';
  readonly show: () => void;
  readonly hide: () => void;
}

export function useSidebar(): SidebarState {
  const narrow = useMedia('(max-width: 767px)');
  const { column, drawer } = useLayout();
  const shown = narrow ? drawer : column;
  const set = narrow ? showDrawer : showColumn;
  return {
    as: shown ? (narrow ? 'drawer' : 'column') : 'none',
    show: () => set(true),
    hide: () => set(false),
  };
}
