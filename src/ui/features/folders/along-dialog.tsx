import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import type { FolderOutput } from '../../../protocol/requests/folders.ts';
import { Dialog, FormFoot, Spinner, TextBox } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from './strings-copies.ts';

type Along = FolderOutput<'along'>;

/** What git ignores and copies of a repository take along all the same, and a line that makes the rest. */
export function AlongDialog({ folder }: { readonly folder: string }) {
  const ask = useFolderCommands();
  const [along, setAlong] = useState<Along>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    ask('along', { folder }).then(
      (told) => !isGone && (told.why === undefined ? setAlong(told) : setFailure(told.why)),
      (error: Error) => !isGone && setFailure(error.message),
    );
    return () => {
      isGone = true;
    };
  }, [ask, folder]);
  return (
    <Dialog title={strings.along} onClose={closeDialog}>
      <div className="min-h-0 overflow-y-auto p-4 text-sm">
        {failure !== undefined && (
          <p role="alert" className="text-danger">
            {failure}
          </p>
        )}
        {!along && failure === undefined && <Spinner label={strings.loading} className="size-5" />}
        {along && <AlongForm folder={folder} along={along} />}
      </div>
    </Dialog>
  );
}

const FIELD = 'w-full rounded-lg border border-line-strong bg-paper px-3 py-2 font-mono';

function AlongForm({ folder, along }: { readonly folder: string; readonly along: Along }) {
  const ask = useFolderCommands();
  const box = useRef<HTMLTextAreaElement>(null);
  const [paths, setPaths] = useState(along.paths.join('\n'));
  const [run, setRun] = useState(along.run ?? '');
  const [problem, setProblem] = useState<string>();
  const [pathsId, runId] = [useId(), useId()];
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await ask('along', { folder, paths: pathsIn(paths), run: run.trim() });
      closeDialog();
      toast(strings.alongSaved);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="space-y-4">
      <p className="text-muted wrap-anywhere">{strings.aboutAlong(along.top ?? folder)}</p>
      <div className="space-y-1">
        <label htmlFor={pathsId}>{strings.alsoTake}</label>
        <TextBox
          id={pathsId}
          box={box}
          text={paths}
          onText={setPaths}
          autoFocus
          spellCheck={false}
          aria-describedby={`${pathsId}-about`}
          placeholder={strings.pathsExample}
          className={`max-h-48 min-h-20 ${FIELD}`}
        />
        <p id={`${pathsId}-about`} className="text-muted text-xs">
          {strings.aboutPaths}
        </p>
      </div>
      <div className="space-y-1">
        <label htmlFor={runId}>{strings.lineToRun}</label>
        <input
          id={runId}
          value={run}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1_000}
          aria-describedby={`${runId}-about`}
          placeholder={strings.lineExample}
          onChange={({ target }) => setRun(target.value)}
          className={`min-h-10 text-base ${FIELD}`}
        />
        <p id={`${runId}-about`} className="text-muted text-xs">
          {strings.aboutLine}
        </p>
      </div>
      <FormFoot onCancel={closeDialog} problem={problem} />
    </form>
  );
}

/** One a line, or with commas between; a slash at the end says no more than the name. */
function pathsIn(text: string): string[] {
  const paths = text.split(/[\n,]/).map((path) => path.trim().replace(/^\.\//, '').replace(/\/+$/, ''));
  return [...new Set(paths.filter(Boolean))];
}
