import { KeyRound } from 'lucide-react';
import { useAccess } from '../../client/hooks/index.ts';
import { SignInDialog } from '../features/access/later.ts';
import { showSignIn, useSignIn } from '../stores/sign-in.ts';
import * as strings from './strings-later.ts';

/** Says above the page that this browser is not signed in, and asks for a token over it. */
export function SignInNotice() {
  const { signedOut, readOnly } = useAccess();
  const { aside, wanted } = useSignIn();
  return (
    <>
      {signedOut && (
        <div
          role="status"
          data-print="hide"
          className="flex flex-wrap items-center justify-center gap-x-3 bg-warn-soft px-4 py-1.5 text-sm text-warn"
        >
          <KeyRound size={16} className="shrink-0 max-sm:hidden" />
          <span>{readOnly ? strings.signedOut : strings.signedOutKept}</span>
          <button
            type="button"
            onClick={showSignIn}
            className="min-h-8 px-2 font-medium underline underline-offset-4"
          >
            {strings.signIn}
          </button>
        </div>
      )}
      {((signedOut && !aside) || wanted) && <SignInDialog />}
    </>
  );
}
