import { KeyRound } from 'lucide-react';
import { useAccess } from '../../client/hooks/index.ts';
import { SignInDialog } from '../features/access/later.ts';
import { showSignIn, useSignIn } from '../stores/sign-in.ts';
import { Banner } from './frame/banner.tsx';
import * as strings from './strings-later.ts';

/** Says above the page that this browser is not signed in, and asks for a token over it. */
export function SignInNote() {
  const { signedOut, readOnly } = useAccess();
  const { aside, wanted } = useSignIn();
  return (
    <>
      {signedOut && (
        <Banner role="status" icon={KeyRound} action={{ name: strings.signIn, act: showSignIn }}>
          {readOnly ? strings.signedOut : strings.signedOutKept}
        </Banner>
      )}
      {((signedOut && !aside) || wanted) && <SignInDialog />}
    </>
  );
}
