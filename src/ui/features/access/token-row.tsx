import { useState } from 'react';
import type { AccessToken } from '../../../protocol/requests/access.ts';
import { dayText } from '../../components/date-text.ts';
import { Button, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { type WrittenHere, writtenHere } from '../../stores/browser/clear-browser.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { flushDrafts } from '../../stores/writing/drafts.ts';
import { scopeName } from './scopes.ts';
import { DraftsChoice } from './sign-out.tsx';
import * as strings from './strings.ts';
import { useListed } from './writer-options.tsx';

interface TokenRowProps {
  readonly token: AccessToken;
  /** What else follows from revoking it: a sentence after a space, or nothing. */
  readonly after: string;
  /** `keepWritten`: with the token of this browser, whether what is written and not sent stays in it. */
  readonly onRevoke: (keepWritten: boolean) => Promise<void>;
}

/** One token, and the way to take it back: asked once more, as that cannot be undone. */
export function TokenRow({ token, after, onRevoke }: TokenRowProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const more = useListed(token);
  const [written, setWritten] = useState<WrittenHere>();
  const [keep, setKeep] = useState(false);
  const ask = () => {
    flushDrafts();
    setWritten(token.here ? writtenHere() : undefined);
    setAsking(true);
    announce(consequence(token, after));
  };
  const revoke = () => {
    setBusy(true);
    onRevoke(keep)
      .then(() => toast(strings.revoked(token.name)), toastFailure)
      .finally(() => setBusy(false));
  };
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium text-sm">
            {token.name}
            {token.here && (
              <span className="ml-2 rounded bg-leaf-soft px-1.5 py-0.5 text-leaf text-xs">
                {strings.thisBrowser}
              </span>
            )}
          </p>
          <p className="text-muted text-xs">
            {[scopeName(token.scope), ...more, strings.made(day(token.created)), usedWords(token.used)].join(
              ' · ',
            )}
          </p>
        </div>
        {!asking && (
          <Button look="danger" aria-label={strings.revokeOf(token.name)} onClick={ask}>
            {strings.revoke}
          </Button>
        )}
      </div>
      {asking && written && written.drafts + written.unsent > 0 && (
        <div className="flex flex-col gap-2 text-sm">
          <DraftsChoice {...written} keep={keep} onKeep={setKeep} />
        </div>
      )}
      {asking && (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="mr-auto text-sm">{consequence(token, after)}</p>
          <Button onClick={() => setAsking(false)}>{strings.keepIt}</Button>
          <Button
            look="danger"
            aria-label={strings.revokeNow(token.name)}
            aria-disabled={busy}
            onClick={revoke}
          >
            {busy && <Spinner className="text-current" />}
            {strings.revoke}
          </Button>
        </div>
      )}
    </li>
  );
}

function consequence({ here }: AccessToken, after: string): string {
  const who = here ? strings.signsYouOut : strings.signsOut;
  return strings.consequence(who, after);
}

const usedWords = (used: number | undefined): string =>
  used === undefined ? strings.neverUsed : strings.lastUsed(day(used));

const day = (time: number): string => dayText(time);
