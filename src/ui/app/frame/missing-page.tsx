import { useAccess, useActions } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { Button, Link } from '../../components/index.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from '../strings-later.ts';
import { TopBar } from './top-bar.tsx';
import { useDocumentTitle } from './use-document-title.ts';

/** An address without a conversation, and one whose conversation was deleted, which can be undone. */
export function MissingPage({ view }: { readonly view?: ConversationView }) {
  const { undoRemove } = useActions();
  const { readOnly } = useAccess();
  const deleted = view?.header?.deleted === true;
  useDocumentTitle(strings.notFound);
  return (
    <>
      <TopBar />
      <main className="m-auto max-w-md px-6 pb-16 text-center">
        <h1 className="font-serif text-2xl">{deleted ? strings.wasDeleted : strings.noConversation}</h1>
        <p className="mt-2 text-muted">{deleted ? strings.deletedIsKept : strings.addressWrong}</p>
        <p className="mt-5 flex items-center justify-center gap-4">
          {deleted && !readOnly && (
            <Button look="primary" onClick={() => undoRemove(view.id).catch(toastFailure)}>
              {strings.undoDeleting}
            </Button>
          )}
          <Link to={{ kind: 'new' }} className="font-medium text-leaf underline underline-offset-4">
            {readOnly ? strings.chooseAnother : strings.startNewChat}
          </Link>
        </p>
      </main>
    </>
  );
}
