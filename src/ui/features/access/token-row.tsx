import { useState } from 'react';
import type { AccessToken } from '../../../protocol/access.ts';
import { Button, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { scopeName } from './scopes.ts';

interface TokenRowProps {
  readonly token: AccessToken;
  /** What else follows from revoking it: a sentence after a space, or nothing. */
  readonly after: string;
  readonly onRevoke: () => Promise<void>;
}

/** One token, and the way to take it back: asked once more, as that cannot be undone. */
export function TokenRow({ token, after, onRevoke }: TokenRowProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const ask = () => {
    setAsking(true);
    announce(consequence(token, after));
  };
  const revoke = () => {
    setBusy(true);
    onRevoke()
      .then(() => toast(`“${token.name}” gets in no more`), toastFailure)
      .finally(() => setBusy(false));
  };
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium text-sm">
            {token.name}
            {token.here && (
              <span className="ml-2 rounded bg-leaf-soft px-1.5 py-0.5 text-leaf text-xs">This browser</span>
            )}
          </p>
          <p className="text-muted text-xs">
            {scopeName(token.scope)} · made {day(token.created)} · {usedWords(token.used)}
          </p>
        </div>
        {!asking && (
          <Button look="danger" aria-label={`Revoke ${token.name}`} onClick={ask}>
            Revoke
          </Button>
        )}
      </div>
      {asking && (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="mr-auto text-sm">{consequence(token, after)}</p>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button look="danger" aria-label={`Revoke ${token.name} now`} aria-disabled={busy} onClick={revoke}>
            {busy && <Spinner className="text-current" />}
            Revoke
          </Button>
        </div>
      )}
    </li>
  );
}

function consequence({ here }: AccessToken, after: string): string {
  const who = here ? 'You are signed out here at once' : 'Whoever uses it is signed out at once';
  return `${who}. This cannot be undone.${after}`;
}

const usedWords = (used: number | undefined): string =>
  used === undefined ? 'never used' : `last used ${day(used)}`;

const day = (time: number): string =>
  new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
