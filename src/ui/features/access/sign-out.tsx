import { useId, useState } from 'react';
import { Button, Spinner } from '../../components/index.ts';
import { type WrittenHere, writtenHere } from '../../stores/browser/clear-browser.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { flushDrafts } from '../../stores/writing/drafts.ts';
import * as strings from './strings.ts';

interface SignOutProps {
  readonly onSignOut: (keepWritten: boolean) => Promise<void>;
}

/** Whoever leaves leaves nothing behind, unless they want to: where something is written and not sent it is asked. */
export function SignOut({ onSignOut }: SignOutProps) {
  const [asking, setAsking] = useState<WrittenHere>();
  const [busy, setBusy] = useState(false);
  const leave = (keep: boolean) => {
    if (busy) return;
    setBusy(true);
    onSignOut(keep)
      .catch(toastFailure)
      .finally(() => setBusy(false));
  };
  const begin = () => {
    flushDrafts();
    const written = writtenHere();
    if (written.drafts + written.unsent > 0) setAsking(written);
    else leave(false);
  };
  if (asking)
    return <KeepOrNot {...asking} busy={busy} onLeave={leave} onStay={() => setAsking(undefined)} />;
  return (
    <Button look="text" className="self-start" aria-disabled={busy} onClick={begin}>
      {busy && <Spinner />}
      {strings.signOut}
    </Button>
  );
}

interface DraftsChoiceProps extends WrittenHere {
  /** Of what says how much there is. Default: it has none. */
  readonly id?: string;
  readonly keep: boolean;
  readonly onKeep: (keep: boolean) => void;
}

/** What is written and not sent here, and whether it stays when this browser leaves. */
export function DraftsChoice({ id, drafts, unsent, keep, onKeep }: DraftsChoiceProps) {
  return (
    <>
      <p id={id}>{strings.writtenHere(drafts, unsent)}</p>
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={keep} onChange={({ target }) => onKeep(target.checked)} />
        {strings.keepDrafts}
      </label>
      <p className="text-muted">{keep ? strings.keptDrafts : strings.lostDrafts}</p>
    </>
  );
}

interface KeepOrNotProps extends WrittenHere {
  readonly busy: boolean;
  readonly onLeave: (keep: boolean) => void;
  readonly onStay: () => void;
}

function KeepOrNot({ drafts, unsent, busy, onLeave, onStay }: KeepOrNotProps) {
  const [keep, setKeep] = useState(false);
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex flex-col gap-2 rounded-xl border border-line p-3 text-sm">
      <DraftsChoice {...{ id, drafts, unsent, keep }} onKeep={setKeep} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onStay}>{strings.staySignedIn}</Button>
        <Button look="danger" data-autofocus aria-disabled={busy} onClick={() => onLeave(keep)}>
          {busy && <Spinner className="text-current" />}
          {strings.signOutNow}
        </Button>
      </div>
    </fieldset>
  );
}
