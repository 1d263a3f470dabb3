import type { ComponentType } from 'react';
import type { ConversationView } from '../../client/types.ts';

interface ExplorerProps {
  readonly view: ConversationView;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** Go to `message`; `at` is where to read from, where that is another message of the same turn. */
  readonly onSelect: (message: string, at?: string) => void;
  /** `diagram`: beside the chat; `both`: the whole page; `outline`: on a phone. */
  readonly show: 'diagram' | 'both' | 'outline';
}

const PHONE = '(max-width: 767px)';

/** Loads the tree's pane, and where there is room for it the diagram beside it. Apart from the first load: a page opens in Chat. */
export async function loadExplorer(): Promise<{ default: ComponentType<ExplorerProps> }> {
  // Asked for at the same time, not one after the other; the pane says it if it cannot be had.
  if (!window.matchMedia(PHONE).matches) import('../features/explorer/diagram.tsx').catch(() => {});
  const { Explorer } = await import('../features/explorer/index.ts');
  return { default: Explorer };
}
