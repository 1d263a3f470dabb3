import { useEffect, useState } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import { signInAddress, type NewToken as Wanted } from '../../../protocol/requests/access.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { showSignIn } from '../../stores/sign-in.ts';
import { NewToken } from './new-token.tsx';
import { SignOut } from './sign-out.tsx';
import * as strings from './strings.ts';
import { TokenForm } from './token-form.tsx';
import { TokenRow } from './token-row.tsx';
import { type Tokens, useTokens } from './use-tokens.ts';

export function AccessDialog() {
  return (
    <Dialog title={strings.access} onClose={closeDialog}>
      <div className="min-h-0 overflow-y-auto p-4">
        <AccessPanel />
      </div>
    </Dialog>
  );
}

/** Who else gets in: access tokens, made, named and taken back. */
export function AccessPanel() {
  const tokens = useTokens();
  const { listed, problem } = tokens;
  const { signedOut } = useAccess();
  useEffect(() => {
    if (signedOut) signInInstead();
  }, [signedOut]);
  return (
    <div className="flex flex-col gap-4">
      {listed ? <Listed {...tokens} listed={listed} /> : <Unread problem={problem} />}
    </div>
  );
}

function signInInstead(): void {
  closeDialog();
  showSignIn();
}

function Unread({ problem }: { readonly problem: string | undefined }) {
  if (!problem) return <Spinner label={strings.loading} />;
  return (
    <>
      <p role="alert" className="text-sm">
        {problem}
      </p>
      <Button className="self-start" onClick={signInInstead}>
        {strings.signInOtherwise}
      </Button>
    </>
  );
}

function Listed({
  listed,
  make,
  revoke,
  revokeHere,
  signOut,
}: Tokens & { readonly listed: NonNullable<Tokens['listed']> }) {
  const [made, setMade] = useState<Wanted & { readonly secret: string }>();
  const { needed, address, tokens } = listed;
  const here = tokens.some((token) => token.here);
  const owners = tokens.filter(({ scope }) => scope === 'owner').length;
  const readers = tokens.filter(({ scope }) => scope === 'read-only').length;
  return (
    <>
      <p className="text-muted text-sm">{needed ? NEEDED : ALONE}</p>
      {tokens.length > 0 && (
        <ul aria-label={strings.accessTokens} className="divide-y divide-line rounded-xl border border-line">
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              after={needed && token.scope === 'owner' && owners === 1 ? lastWords(readers) : ''}
              onRevoke={(keep) => (token.here ? revokeHere(token.id, keep) : revoke(token.id))}
            />
          ))}
        </ul>
      )}
      {made ? (
        <NewToken
          {...made}
          address={addressFor(made, address ?? location.origin)}
          onDone={() => setMade(undefined)}
        />
      ) : (
        <TokenForm onMake={async (wanted) => setMade({ ...wanted, secret: await make(wanted) })} />
      )}
      {here && <SignOut onSignOut={signOut} />}
    </>
  );
}

/** What a browser opens to sign in; what a program asks, as far as it is known. */
function addressFor({ scope, secret, conversation }: Wanted & { readonly secret: string }, origin: string) {
  if (scope !== 'writer') return signInAddress(origin, secret);
  return `${origin}/v1/stream${conversation === undefined ? '' : `/c/${conversation}`}`;
}

/** What it means that no owner's token is left. */
const lastWords = (readers: number): string =>
  readers > 0 ? ` ${strings.onlyReadersLeft}` : ` ${strings.nobodyLeft}`;

const NEEDED = strings.whoNeedsOne;
const ALONE = strings.onlyHere;
