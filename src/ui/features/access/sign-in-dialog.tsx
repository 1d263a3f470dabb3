import { type FormEvent, useId, useState } from 'react';
import { accessCommand } from '../../../client/access-commands.ts';
import { useAccess, useBough } from '../../../client/hooks/index.ts';
import { sentenceOf } from '../../../client/kit/errors.ts';
import { tokenInHash } from '../../../protocol/requests/access.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { clearBrowser, writtenHere } from '../../stores/browser/clear-browser.ts';
import { putSignInAside, signInDone, useSignIn } from '../../stores/sign-in.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

/** Asks for an access token, over whatever is on the page: that stays as it is. */
export function SignInDialog() {
  const { token, change, busy, problem, submit } = useSignInForm();
  const [field, help] = [useId(), useId()];
  return (
    <Dialog title={strings.signIn} onClose={putSignInAside}>
      <form onSubmit={submit} className="flex flex-col gap-3 overflow-y-auto p-4">
        <p className="text-sm">{strings.needsToken}</p>
        {/* For password managers: they keep a token with a name. */}
        <input type="text" name="username" autoComplete="username" value="Bough" readOnly hidden />
        <label htmlFor={field} className="-mb-2 text-sm">
          {strings.accessToken}
        </label>
        <input
          id={field}
          data-autofocus
          type="password"
          name="token"
          autoComplete="current-password"
          aria-describedby={help}
          aria-invalid={problem !== undefined}
          value={token}
          onChange={(event) => change(event.target.value)}
          className="min-h-10 rounded-lg border border-line-strong bg-paper px-3 font-mono text-base"
        />
        <p id={help} className="text-muted text-sm">
          {strings.whereTokensAre}
        </p>
        {problem && <p className="text-danger text-sm">{problem}</p>}
        <LeftHere />
        <div className="flex justify-end">
          <Button look="primary" type="submit" aria-disabled={busy || token.trim() === ''}>
            {busy && <Spinner className="text-current" />}
            {strings.signIn}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A sign-in that expired or was revoked asked nobody: what was written before is for whoever signs in next, unless it is discarded. */
function LeftHere() {
  const { kept } = useBough();
  const { signedOut } = useAccess();
  const [written] = useState(writtenHere);
  const [asking, setAsking] = useState(false);
  if (!signedOut || written.drafts + written.unsent === 0) return null;
  const discard = async () => {
    await clearBrowser({ clearRead: kept && (() => kept.clear()), keepWritten: false });
    location.replace('/');
  };
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
      <p className="mr-auto">
        {strings.writtenHere(written.drafts, written.unsent)} {strings.forWhoeverIsNext}
      </p>
      <Button look="text" onClick={() => (asking ? void discard() : setAsking(true))}>
        {asking ? strings.discardNow : strings.discardWritten}
      </Button>
    </div>
  );
}

function useSignInForm() {
  const bough = useBough();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(useSignIn.getState().problem);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || token.trim() === '') return;
    setBusy(true);
    try {
      const { scope } = await accessCommand(bough.http, 'sign-in', { token: tokenOf(token) });
      signInDone();
      bough.resume();
      toast(scope === 'owner' ? strings.signedIn : strings.signedInToRead);
    } catch (error) {
      setBusy(false);
      setFailed(sentenceOf(error));
      announce(sentenceOf(error), 'alert');
    }
  };
  const change = (text: string) => {
    setToken(text);
    setFailed(undefined);
  };
  return { token, change, busy, problem: failed, submit };
}

/** Also out of the whole address, which is what people have copied. */
function tokenOf(text: string): string {
  const hash = /#\S*/.exec(text)?.[0] ?? '';
  return tokenInHash(hash) ?? text.trim();
}
