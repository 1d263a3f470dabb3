import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useAccess, useConversation } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { isElsewhere, nameOfModel } from '../../actions/who-answers.ts';
import { later, useSoonValue } from '../../components/index.ts';
import { TreeWaiting } from '../../features/explorer/index.ts';
import { useCurrentModel } from '../../features/models/index.ts';
// Not with the thread, which is loaded later: a reply can have failed by then.
import { ReplyAnnouncer } from '../../features/thread/index.ts';
import { useAsides } from '../../stores/aside.ts';
import { type PageToFind, useAsPage } from '../../stores/page.ts';
import { LoadedExplorer } from '../frame/load-explorer.tsx';
import { LoadedPrintedPath } from '../frame/load-thread.tsx';
import { MissingPage } from '../frame/missing-page.tsx';
import { TopBar } from '../frame/top-bar.tsx';
import { useDocumentTitle } from '../frame/use-document-title.ts';
import { OpenFind } from '../load-dialogs.tsx';
import { ChatPane } from './chat-pane.tsx';
import { ArchivedNote, KeptNote, LostNote, PrunedNote, SplitOffer } from './conversation-notes.tsx';
import { ConversationTitle } from './conversation-title.tsx';
import { PageTools } from './page-tools.tsx';
import { PaneLine } from './pane-line.tsx';
import { PanesToggle } from './panes-toggle.tsx';
import * as strings from './strings.ts';
import { useIntoAside } from './use-into-aside.ts';
import { usePaneChoice } from './use-pane-choice.ts';
import { useStaleNotice } from './use-stale-notice.ts';
import { usePathThrough, useReader } from './use-whereabouts.ts';

const AsideDrawer = later(async () => (await import('../../features/aside/index.ts')).AsideDrawer);

/** Once the conversation is there and nothing else goes on, in ms: the tree opens at once when it is asked for. */
const SOON = 1_500;

/** One conversation: its messages with the message box, its tree, or both side by side. */
export function ConversationPage({ id }: { readonly id: string }) {
  const view = useConversation(id, { selected: usePathThrough(id) });
  const model = useCurrentModel(view);
  const { readOnly } = useAccess();
  const { panes, choices, share, isOpen, offer, narrow, leaveTree } = usePaneChoice(view);
  const { selected, isLost, goTo, jump, made, withdraw, stay } = useReader(view);
  const { picked } = model;
  const modelRef = picked.kind === 'model' ? picked.model.ref : undefined;
  const intoAside = useIntoAside(view);
  const goFromTree: typeof goTo = useCallback(
    (message, at) => {
      if (intoAside(message)) return;
      goTo(message, at);
      if (narrow) leaveTree();
    },
    [goTo, narrow, leaveTree, intoAside],
  );
  const madeHere: typeof made = useCallback(
    (message, after) => {
      if (after === null || !intoAside(after, message)) made(message, after);
    },
    [made, intoAside],
  );
  // What is done with messages (hiding, comparing, going to a version) would be done to a part of the tree.
  const isComing = view.above !== undefined;
  // After the path: both within one task would be a long one.
  const hasTree = !useSoonValue(isComing) && !isComing;
  const aside = useAsides(({ open }) => open);
  const { models, sources } = model.list;
  const nameOf = useCallback((ref: ModelRef) => nameOfModel(models, ref), [models]);
  const isAway = useCallback((ref: ModelRef) => isElsewhere({ sources }, ref), [sources]);
  const agentOf = useCallback(
    (ref: ModelRef) => models.find((model) => sameModel(model.ref, ref))?.agent,
    [models],
  );
  useAsPage(
    useMemo(
      () =>
        isComing
          ? undefined
          : {
              ...{ view, client: view.actions, readOnly, selected },
              ...{ model: modelRef, chosen: model.chosen, isElsewhere: isAway, nameOf, agentOf },
              ...{ goTo: goFromTree, made: madeHere, withdraw },
            },
      [
        isComing,
        view,
        readOnly,
        selected,
        modelRef,
        model.chosen,
        isAway,
        nameOf,
        agentOf,
        goFromTree,
        madeHere,
        withdraw,
      ],
    ),
    usePageToFindFirst(view, selected, goFromTree),
  );
  useStaleNotice(view, goTo);
  const title = view.header ? titleOf(view.header) : undefined;
  const missing = view.status === 'missing';
  useExplorerSoon(view.status === 'ready', panes !== 'chat');
  useDocumentTitle(missing ? strings.notFound : title);
  if (missing) return <MissingPage view={view} />;
  return (
    <>
      <TopBar title={view.header && <ConversationTitle key={id} header={view.header} />}>
        <PageTools />
        <PanesToggle panes={panes} choices={choices} />
      </TopBar>
      <OpenFind />
      {view.header?.archived && <ArchivedNote header={view.header} />}
      <KeptNote view={view} />
      <PrunedNote view={view} />
      {isLost && <LostNote onClose={stay} />}
      <div data-print="flow" className="flex min-h-0 flex-1">
        <main data-print="flow" className="flex min-h-0 min-w-0 flex-1">
          {panes !== 'tree' && (
            <div
              data-print="flow"
              className="flex min-h-0 min-w-0 flex-col"
              style={panes === 'split' ? { width: `${share}%` } : { flex: 1 }}
            >
              <ChatPane
                {...{ view, model, isOpen }}
                offer={offer && <SplitOffer />}
                onMade={madeHere}
                onJump={jump}
              />
            </div>
          )}
          {panes === 'split' && <PaneLine share={share} />}
          {panes !== 'chat' && (
            <div data-print="hide" className="flex min-h-0 min-w-0 flex-1">
              {hasTree ? (
                <LoadedExplorer
                  view={view}
                  selected={selected}
                  onSelect={goFromTree}
                  show={panes === 'split' ? 'diagram' : narrow ? 'outline' : 'both'}
                />
              ) : (
                <TreeWaiting />
              )}
            </div>
          )}
        </main>
        {aside?.conversation === id && <AsideDrawer view={view} open={aside} />}
      </div>
      <ReplyAnnouncer view={view} />
      {view.path.length > 0 && <LoadedPrintedPath view={view} title={title} />}
    </>
  );
}

/** While only the end of the path is there: where one wants to go waits for the rest. */
function usePageToFindFirst(
  view: ConversationView,
  selected: string | null,
  goTo: PageToFind['goTo'],
): PageToFind | undefined {
  const wanted = useRef<Parameters<typeof goTo>>(undefined);
  const isComing = view.above !== undefined;
  const goLater: typeof goTo = useCallback((...place) => {
    wanted.current = place;
  }, []);
  useEffect(() => {
    if (isComing || !wanted.current) return;
    const place = wanted.current;
    wanted.current = undefined;
    goTo(...place);
  }, [isComing, goTo]);
  return useMemo(
    () => (isComing ? { view, selected, goTo: goLater } : undefined),
    [isComing, view, selected, goLater],
  );
}

/** Loads what draws the tree: at once where it `isShown`, also while the outline is still coming. */
function useExplorerSoon(ready: boolean, isShown: boolean): void {
  useEffect(() => {
    if (isShown) void LoadedExplorer.load();
    if (isShown || !ready) return;
    const timer = setTimeout(LoadedExplorer.load, SOON);
    return () => clearTimeout(timer);
  }, [ready, isShown]);
}
