/** Whether the list of conversations is shown: as a column on wide screens (kept), as a drawer on narrow ones (not kept). */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

const KEY = 'sidebar';

interface Layout {
  readonly column: boolean;
  readonly drawer: boolean;
}

export const useLayout = create<Layout>()(() => ({ column: load(KEY) !== false, drawer: false }));

export function showColumn(column: boolean): void {
  save(KEY, column ? undefined : false);
  useLayout.setState({ column });
}

export function showDrawer(drawer: boolean): void {
  useLayout.setState({ drawer });
}
