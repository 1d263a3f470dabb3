import { useEffect } from 'react';
import { useAccess, useConversations } from '../../client/hooks/index.ts';
import { Dialog, later, untilThere } from '../components/index.ts';
import { Sidebar } from '../features/conversations/index.ts';
import { hrefOf, type Route, useRoute } from '../stores/route.ts';
import { useSignIn } from '../stores/sign-in.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { LoadedThread } from './frame/load-thread.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { useSidebar } from './frame/use-sidebar.ts';
import { Waiting } from './frame/waiting.tsx';
import { LoadedDialogs, LoadedFind, OpenDialogs } from './load-dialogs.tsx';
import { LoadedPage, underBar } from './load-page.tsx';
import { NewChatPage } from './new-chat-page.tsx';
import * as strings from './strings.ts';
import { UpdateNote } from './update-note.tsx';
import { useAppKeys } from './use-app-keys.ts';

/** Not what a page usually begins with. */
const MissingPage = later(async () => (await import('./frame/missing-page.tsx')).MissingPage, null, underBar);
const EverywherePage = later(
  async () => (await import('./find-everywhere-page.tsx')).EverywherePage,
  <>
    <TopBar />
    <Waiting what={strings.loadingFind} />
  </>,
  underBar,
);
const SettingsPage = later(
  async () => (await import('./settings-page.tsx')).SettingsPage,
  <TopBar />,
  underBar,
);
const ReadingPage = later(async () => (await import('./reading-page.tsx')).ReadingPage, null, underBar);
const SignInNote = later(async () => (await import('./sign-in-note.tsx')).SignInNote);

/** Not in the way of the first words; until they are loaded there is nothing to say it with. */
const ConnectionBanner = later(
  async () => (await untilThere(() => import('./connection-banner.tsx'))).ConnectionBanner,
);

const Toaster = later(
  async () => (await untilThere(() => import('../components/layers/toaster.tsx'))).Toaster,
);

/** The frame of every page: the conversations beside it or over it, the connection above it. */
export function Shell() {
  const route = useRoute();
  const sidebar = useSidebar();
  useAppKeys();
  usePreload(route);
  return (
    <div data-print="flow" className="flex h-full">
      {sidebar.as === 'column' && (
        <div data-print="hide" className="w-68 shrink-0 border-line border-r">
          <Sidebar onHide={sidebar.hide} />
        </div>
      )}
      {sidebar.as === 'drawer' && (
        <Dialog kind="drawer" title={strings.conversations} onClose={sidebar.hide}>
          <Sidebar onHide={sidebar.hide} />
          <Toaster floats />
        </Dialog>
      )}
      {/* What is outside an open drawer cannot be pressed, and "Undo" must be. */}
      {sidebar.as !== 'drawer' && <Toaster />}
      <div data-print="flow" className="flex h-full min-w-0 flex-1 flex-col">
        <SignedOut />
        <UpdateNote />
        <ConnectionBanner />
        <KeepList />
        <ErrorBoundary key={routeKey(route)} what={strings.thisPage}>
          <Page route={route} />
        </ErrorBoundary>
      </div>
      <OpenDialogs />
    </div>
  );
}

/** What is another page: what is looked for is changed within one. */
function routeKey(route: Route): string {
  if (route.kind === 'conversation') return route.id;
  return route.kind === 'find' || route.kind === 'settings' ? route.kind : hrefOf(route);
}

function Page({ route }: { readonly route: Route }) {
  const { readOnly } = useAccess();
  if (route.kind === 'new') return readOnly ? <ReadingPage /> : <NewChatPage />;
  if (route.kind === 'unknown') return <MissingPage />;
  if (route.kind === 'settings') return <SettingsPage section={route.section} />;
  if (route.kind === 'find') return <EverywherePage search={route.search} />;
  return <LoadedPage key={route.id} id={route.id} />;
}

/** The list is followed on every page, also while it is not shown: the drawer opens with it, and the connection lives by it. */
function KeepList() {
  useConversations();
  return null;
}

/** How long others go first, in ms: what is drawn at once, then messages. */
const SOON = 300;

/**
 * Fetches what a conversation needs: at once where one is opened, else when the first page is there, before the first message. Tools follow
 * once it is drawn: on a slow link they would take its place.
 */
function usePreload({ kind }: Route): void {
  const wait = kind === 'conversation' ? 0 : SOON;
  useEffect(() => {
    const timer = setTimeout(preload, wait);
    return () => clearTimeout(timer);
  }, [wait]);
}

async function preload(): Promise<void> {
  await Promise.all([LoadedPage.load(), LoadedThread.load()]);
  setTimeout(() => [LoadedDialogs, LoadedFind].forEach(({ load }) => void load()), SOON);
}

/** Where this browser is not signed in, or somebody wants to sign in otherwise. */
function SignedOut() {
  const { signedOut } = useAccess();
  const wanted = useSignIn((signIn) => signIn.wanted);
  return signedOut || wanted ? <SignInNote /> : null;
}
