import type { ConversationView } from '../../client/types.ts';
import { later, NARROW } from '../components/index.ts';
import { LoadedDiagram } from '../features/explorer/load-diagram.tsx';
import { Waiting } from './waiting.tsx';

interface ExplorerProps {
  readonly view: ConversationView;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** Go to `message`; `at` is where to read from, where that is another message of the same turn. */
  readonly onSelect: (message: string, at?: string) => void;
  /** `diagram`: beside the chat; `both`: the whole page; `outline`: on a phone. */
  readonly show: 'diagram' | 'both' | 'outline';
}

/**
 * The tree's pane; where there is room for it, the diagram is asked for at the same time. Apart from the first load: a page opens in Chat.
 */
export const LoadedExplorer = later<ExplorerProps>(
  async () => {
    if (!window.matchMedia(NARROW).matches) void LoadedDiagram.load();
    return (await import('../features/explorer/index.ts')).Explorer;
  },
  <Waiting what="Loading the tree" />,
);
