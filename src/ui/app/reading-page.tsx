import { useAccess } from '../../client/hooks/index.ts';
import { Button, Logo } from '../components/index.ts';
import { showSignIn } from '../stores/sign-in.ts';
import { TopBar } from './frame/top-bar.tsx';
import { useDocumentTitle } from './frame/use-document-title.ts';
import { useSidebar } from './frame/use-sidebar.ts';
import { conversations } from './strings.ts';
import * as strings from './strings-later.ts';

/** In place of a new chat, where this browser may only read. */
export function ReadingPage() {
  const { signedOut } = useAccess();
  const { as, show } = useSidebar();
  useDocumentTitle(undefined);
  return (
    <>
      <TopBar />
      <main className="m-auto w-full max-w-prose px-6 pb-16 text-center">
        <Logo size={56} className="mx-auto text-leaf" />
        <h1 className="mt-3 font-serif text-2xl">
          {signedOut ? strings.signInToRead : strings.signedInToRead}
        </h1>
        <p className="mt-2 text-muted">{strings.chooseConversation}</p>
        <p className="mt-5 flex flex-wrap items-center justify-center gap-2">
          {as !== 'column' && (
            <Button look="primary" onClick={show}>
              {conversations}
            </Button>
          )}
          {!signedOut && (
            <Button look="text" onClick={showSignIn}>
              {strings.signInOtherwise}
            </Button>
          )}
        </p>
      </main>
    </>
  );
}
