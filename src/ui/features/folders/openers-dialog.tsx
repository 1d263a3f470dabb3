import { type FormEvent, useEffect, useId, useState } from 'react';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import type { FolderOutput } from '../../../protocol/requests/folders.ts';
import { Dialog, FormFoot, Spinner } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from './strings-copies.ts';

type Openers = FolderOutput<'openers'>;

interface OpenersDialogProps {
  /** What was to be opened when there was no command for it. */
  readonly again?: (() => void) | undefined;
}

export function OpenersDialog({ again }: OpenersDialogProps) {
  return (
    <Dialog title={strings.openers} onClose={closeDialog}>
      <div className="min-h-0 overflow-y-auto p-4">
        <OpenersForm again={again} onCancel={closeDialog} />
      </div>
    </Dialog>
  );
}

interface OpenersFormProps extends OpenersDialogProps {
  /** Absent: it is part of a page, which has nothing to go back from. */
  readonly onCancel?: () => void;
}

/** The commands that open an editor and a terminal, on the computer of Bough. */
export function OpenersForm({ again, onCancel }: OpenersFormProps) {
  const ask = useFolderCommands();
  const [openers, setOpeners] = useState<Openers>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isGone = false;
    ask('openers', {}).then(
      (told) => !isGone && setOpeners(told),
      (error: Error) => !isGone && setProblem(error.message),
    );
    return () => {
      isGone = true;
    };
  }, [ask]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!openers) return;
    try {
      await ask('openers', openers);
      onCancel?.();
      if (again) again();
      else toast(strings.openersSaved);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const set = (change: Partial<Openers>) => setOpeners((before) => before && { ...before, ...change });
  return (
    <form onSubmit={(event) => void save(event)} className="space-y-4 text-sm">
      <p className="text-muted">{strings.aboutOpeners}</p>
      {!openers && problem === undefined && <Spinner label={strings.loading} className="size-5" />}
      {openers && (
        <>
          <CommandField
            label={strings.editorCommand}
            value={openers.editor}
            example="code {folder} -g {path}"
            onChange={(editor) => set({ editor })}
            first={onCancel !== undefined}
          />
          <CommandField
            label={strings.terminalCommand}
            value={openers.terminal}
            example={terminalExample()}
            onChange={(terminal) => set({ terminal })}
          />
        </>
      )}
      <FormFoot
        onCancel={onCancel}
        disabled={!openers}
        problem={problem}
        submit={again && strings.saveAndOpen}
      />
    </form>
  );
}

interface CommandFieldProps {
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly onChange: (value: string) => void;
  readonly first?: boolean;
}

function CommandField({ label, value, example, onChange, first = false }: CommandFieldProps) {
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        dir="ltr"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus={first}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={1_000}
        placeholder={example}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-10 w-full rounded-lg border border-line-strong bg-paper px-3 font-mono text-base"
      />
    </div>
  );
}

/** The computer of Bough is this one, mostly. */
function terminalExample(): string {
  if (/Mac/.test(navigator.platform)) return 'open -a Terminal {folder}';
  return /Win/.test(navigator.platform) ? 'wt -d {folder}' : 'x-terminal-emulator';
}
