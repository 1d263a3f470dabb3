import { useEffect, useState } from 'react';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import type { FolderInput, FolderOutput } from '../../../protocol/requests/folders.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

type Carried = FolderOutput<'take'>;
type How = FolderInput<'take'>['how'];

interface TakeFilesProps {
  readonly conversation: string;
  readonly message: string;
  /** `take`: what the branch did. `restore`: all as it was at the message. */
  readonly what: 'take' | 'restore';
}

/** What would change in the person's folder, conflicts first; then it is done, and can be undone. */
export function TakeFiles({ conversation, message, what }: TakeFilesProps) {
  const ask = useFolderCommands();
  const [plan, setPlan] = useState<Carried>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let isGone = false;
    ask(what, { conversation, message, dry: true }).then(
      (told) => !isGone && setPlan(told),
      (error: Error) => !isGone && setFailure(error.message),
    );
    return () => {
      isGone = true;
    };
  }, [ask, what, conversation, message]);
  const run = async (how?: How) => {
    setBusy(true);
    try {
      const told =
        what === 'take'
          ? await ask('take', { conversation, message, ...(how && { how }) })
          : await ask('restore', { conversation, message });
      if (!told.done) return setPlan(told);
      closeDialog();
      toastDone(told, () => ask('undo', { conversation, message, undo: told.undo ?? '' }));
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const title = what === 'take' ? strings.take : strings.restore;
  return (
    <Dialog title={title} onClose={closeDialog}>
      <div className="space-y-3 p-4 text-sm">
        {failure !== undefined && (
          <p role="alert" className="text-danger wrap-anywhere">
            {failure}
          </p>
        )}
        {!plan && failure === undefined && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner className="size-4" />
            {strings.looking}
          </p>
        )}
        {plan && <PlanOf plan={plan} />}
        <p
          className={
            plan && plan.conflicts.length > 0 ? 'grid grid-cols-2 gap-2' : 'flex flex-wrap justify-end gap-2'
          }
        >
          <Button look="ghost" onClick={closeDialog}>
            {strings.cancel}
          </Button>
          {plan && plan.conflicts.length > 0 && (
            <>
              <Button disabled={busy} onClick={() => void run('mine')}>
                {strings.keepMine}
              </Button>
              <Button disabled={busy} onClick={() => void run('marked')}>
                {strings.markBoth}
              </Button>
              <Button disabled={busy} onClick={() => void run('theirs')}>
                {strings.takeTheirs}
              </Button>
            </>
          )}
          {plan && plan.conflicts.length === 0 && plan.files.length > 0 && (
            <Button look="primary" data-autofocus disabled={busy} onClick={() => void run()}>
              {what === 'take' ? strings.takeNow : strings.restoreNow}
            </Button>
          )}
        </p>
      </div>
    </Dialog>
  );
}

function toastDone({ files }: Carried, undo: () => Promise<Carried>): void {
  const takeBack = () => {
    undo().then(({ done }) => toast(done ? strings.undone : strings.conflicts), toastFailure);
  };
  toast(strings.taken(files.length), { action: { name: strings.undo, run: takeBack } });
}

function PlanOf({ plan: { conflicts, files, target } }: { readonly plan: Carried }) {
  return (
    <>
      {conflicts.length > 0 && (
        <section aria-label={strings.conflicts} className="space-y-1">
          <p className="text-warn">{strings.conflictsText(conflicts.length)}</p>
          <ul className="max-h-40 overflow-y-auto font-mono text-xs">
            {conflicts.map(({ path, why }) => (
              <li key={path} className="wrap-anywhere">
                <bdi>{path}</bdi> <span className="text-muted">({strings.conflictWhy[why]})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="wrap-anywhere">
        {files.length === 0 && conflicts.length === 0
          ? strings.nothingToTake(target)
          : strings.willChange(files.length, target)}
      </p>
      <ul aria-label={strings.files} className="max-h-60 overflow-y-auto font-mono text-xs">
        {files.slice(0, 200).map(({ path, lines }) => (
          <li key={path} className="flex gap-2">
            <bdi className="min-w-0 flex-1 wrap-anywhere">{path}</bdi>
            <span className="shrink-0 text-muted tabular-nums">
              {lines ? strings.linesOf(lines.added, lines.removed) : strings.noText}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
