import { NARROW, useMedia } from '../../components/index.ts';
import { showColumn, showDrawer, useLayout } from '../../stores/browser/layout.ts';
import { ask } from '../../stores/errands.ts';

interface SidebarState {
  /** Beside the page (a column), over it (a drawer, on narrow screens), or not at all. */
  readonly as: 'column' | 'drawer' | 'none';
  readonly show: () => void;
  readonly hide: () => void;
}

/** The button that was pressed goes with the column, or before it: the focus passes to the other one. */
function setColumn(column: boolean): void {
  showColumn(column);
  ask('sidebar-toggle');
}

export function useSidebar(): SidebarState {
  const narrow = useMedia(NARROW);
  const { column, drawer } = useLayout();
  const shown = narrow ? drawer : column;
  const set = narrow ? showDrawer : setColumn;
  return {
    as: shown ? (narrow ? 'drawer' : 'column') : 'none',
    show: () => set(true),
    hide: () => set(false),
  };
}
