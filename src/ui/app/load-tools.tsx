import { later } from '../components/index.ts';
import { useTools } from '../stores/tools.ts';

/**
 * Find, palette, menus and dialogs: nothing of them is in the first load. Once their code is there they open within the key press: what is
 * typed next goes into them.
 */
export const LoadedTools = later(async () => (await import('../features/tools/index.ts')).Tools);

/** What is open over the page. */
export function OpenTools() {
  const isOpen = useTools(({ find, tool }) => find || tool !== undefined);
  return isOpen ? <LoadedTools /> : null;
}
