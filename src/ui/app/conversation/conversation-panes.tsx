import { useEffect } from 'react';
import { breath } from '../../../client/kit/slices.ts';
import type { ConversationView } from '../../../client/types.ts';
import { later, useSoonValue } from '../../components/index.ts';
import { TreeWaiting } from '../../features/explorer/index.ts';
import type { CurrentModel } from '../../features/models/index.ts';
import { useAsides } from '../../stores/aside.ts';
import { LoadedExplorer } from '../frame/load-explorer.tsx';
import { ChatPane } from './chat-pane.tsx';
import { PaneLine } from './pane-line.tsx';
import type { PaneChoice } from './use-pane-choice.ts';
import type { PageReader } from './use-whereabouts.ts';

const AsideDrawer = later(async () => (await import('../../features/aside/index.ts')).AsideDrawer);

/** Once the conversation is there and nothing else goes on, in ms: the tree opens at once when it is asked for. */
const SOON = 1_500;

interface ConversationPanesProps {
  readonly view: ConversationView;
  readonly model: CurrentModel;
  readonly choice: PaneChoice;
  readonly reader: PageReader;
}

/** The messages and the tree, or one of both; beside them an aside. */
export function ConversationPanes({ view, model, choice, reader }: ConversationPanesProps) {
  const { panes, share, isOpen, offer } = choice;
  const aside = useAsides(({ open }) => open);
  useExplorerSoon(view.status === 'ready', panes !== 'chat');
  return (
    <div data-print="flow" className="flex min-h-0 flex-1">
      <main data-print="flow" className="flex min-h-0 min-w-0 flex-1">
        {panes !== 'tree' && (
          <div
            data-print="flow"
            className="flex min-h-0 min-w-0 flex-col"
            style={panes === 'split' ? { width: `${share}%` } : { flex: 1 }}
          >
            <ChatPane {...{ view, model, isOpen, offer }} onMade={reader.made} onJump={reader.jump} />
          </div>
        )}
        {panes === 'split' && <PaneLine share={share} />}
        {panes !== 'chat' && <TreePane {...{ view, choice, reader }} />}
      </main>
      {aside?.conversation === view.id && <AsideDrawer view={view} open={aside} />}
    </div>
  );
}

function TreePane({ view, choice: { panes, narrow }, reader }: Omit<ConversationPanesProps, 'model'>) {
  const isComing = view.above !== undefined;
  // After the path: both within one task would be a long one.
  const hasTree = !useSoonValue(isComing) && !isComing;
  return (
    <div data-print="hide" className="flex min-h-0 min-w-0 flex-1">
      {hasTree ? (
        <LoadedExplorer
          view={view}
          selected={reader.selected}
          onSelect={reader.goTo}
          show={panes === 'split' ? 'diagram' : narrow ? 'outline' : 'both'}
        />
      ) : (
        <TreeWaiting />
      )}
    </div>
  );
}

/** Loads what draws the tree: at once where it `isShown`, also while the outline is still coming. */
function useExplorerSoon(ready: boolean, isShown: boolean): void {
  useEffect(() => {
    // Code that is asked for while something is drawn would be part of that task.
    if (isShown) void breath().then(LoadedExplorer.load);
    if (isShown || !ready) return;
    const timer = setTimeout(LoadedExplorer.load, SOON);
    return () => clearTimeout(timer);
  }, [ready, isShown]);
}
