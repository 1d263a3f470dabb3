import { useEffect, useRef } from 'react';
import { useConversation, useForkedSends } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { childrenOf } from '../../../tree/index.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { startsDrawing } from '../../components/index.ts';
import { useCurrentModel } from '../../features/models/index.ts';
// Not with the thread, which is loaded later: a reply can have failed by then.
import { ReplyAnnouncer } from '../../features/thread/index.ts';
import { toast } from '../../stores/toasts.ts';
import { LoadedPrintedPath } from '../frame/load-thread.tsx';
import { MissingPage } from '../frame/missing-page.tsx';
import { TopBar } from '../frame/top-bar.tsx';
import { useDocumentTitle } from '../frame/use-document-title.ts';
import { OpenFind } from '../load-dialogs.tsx';
import { ArchivedNote, KeptNote, LostNote, PrunedNote } from './conversation-notes.tsx';
import { ConversationPanes } from './conversation-panes.tsx';
import { ConversationTitle } from './conversation-title.tsx';
import { PageTools } from './page-tools.tsx';
import { PanesToggle } from './panes-toggle.tsx';
import * as strings from './strings.ts';
import { useOpenPage } from './use-open-page.ts';
import { usePageReader } from './use-page-reader.ts';
import { usePaneChoice } from './use-pane-choice.ts';
import { usePathThrough } from './use-whereabouts.ts';

/** One conversation: its messages with the message box, its tree, or both side by side. */
export function ConversationPage({ id }: { readonly id: string }) {
  startsDrawing();
  const view = useConversation(id, { selected: usePathThrough(id) });
  const model = useCurrentModel(view);
  const choice = usePaneChoice(view);
  const reader = usePageReader(view, choice);
  useOpenPage(view, model, reader);
  useStaleToast(view, reader.goTo);
  const title = view.header ? titleOf(view.header) : undefined;
  const missing = view.status === 'missing';
  useDocumentTitle(missing ? strings.notFound : title);
  if (missing) return <MissingPage view={view} />;
  return (
    <>
      <TopBar title={view.header && <ConversationTitle key={id} header={view.header} />}>
        <PageTools />
        <PanesToggle panes={choice.panes} choices={choice.choices} />
      </TopBar>
      <OpenFind />
      {view.header?.archived && <ArchivedNote header={view.header} />}
      <KeptNote view={view} />
      <PrunedNote view={view} />
      {reader.isLost && <LostNote onClose={reader.stay} />}
      <ConversationPanes {...{ view, model, choice, reader }} />
      <ReplyAnnouncer view={view} />
      {view.path.length > 0 && <LoadedPrintedPath view={view} title={title} />}
    </>
  );
}

/** Says that a message went to a branch of its own because something else was said there first, and leads to that. */
function useStaleToast(view: ConversationView, goTo: (message: string) => void): void {
  const latest = useRef({ view, goTo });
  useEffect(() => {
    latest.current = { view, goTo };
  });
  useForkedSends(view.id, ({ message, parent }) => {
    const other = () => childrenOf(latest.current.view.tree, parent).findLast((child) => child !== message);
    // What was pruned is no rival.
    if (other() === undefined) return;
    const showOther = () => {
      const now = other();
      if (now !== undefined) latest.current.goTo(now);
    };
    toast(strings.cameSecond, {
      action: { name: strings.showOther, run: showOther },
    });
  });
}
