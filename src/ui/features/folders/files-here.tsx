import { type ReactNode, useId, useState } from 'react';
import { useChangedFiles, useFolderCommands } from '../../../client/hooks/use-folders.ts';
import { parentOf } from '../../../tree/index.ts';
import { copyText } from '../../components/copy-text.ts';
import { Button, cx, Dialog } from '../../components/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { closeTool, openTool } from '../../stores/tools.ts';
import { ChangedFiles } from './changed-files.tsx';
import * as strings from './strings.ts';

interface FilesHereProps {
  readonly page: OpenPage;
  readonly message: string;
}

/** The files of the branch a message is on, as they were there: what differs, where they are, and what can be done with them. */
export function FilesHere({ page, message }: FilesHereProps) {
  const { view, readOnly } = page;
  const conversation = view.id;
  const parent = parentOf(view.tree, message) ?? null;
  const [isTurn, setTurn] = useState(false);
  const input = { conversation, from: isTurn ? parent : null, to: message };
  const { data } = useChangedFiles(input);
  return (
    <Dialog title={strings.filesHere} kind="full" onClose={closeTool}>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2 text-sm">
        <fieldset aria-label={strings.changesSince} className="flex gap-1">
          <Choice name="since" checked={!isTurn} onChoose={() => setTurn(false)}>
            {strings.sinceFork}
          </Choice>
          <Choice name="since" checked={isTurn} onChoose={() => setTurn(true)}>
            {strings.thisTurn}
          </Choice>
        </fieldset>
        {data && <Whereabouts folder={data.folder} isCopy={data.copy !== undefined} />}
        {data && !readOnly && (
          <Deeds conversation={conversation} message={message} isCopy={data.copy !== undefined} />
        )}
      </div>
      <ChangedFiles input={input} />
    </Dialog>
  );
}

interface SinceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ name, checked, onChoose, children }: SinceProps) {
  return (
    <label
      className={cx(
        'flex min-h-8 cursor-pointer items-center rounded-lg px-2 has-focus-visible:outline-2',
        checked ? 'bg-leaf text-on-leaf' : 'bg-hover',
      )}
    >
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="sr-only" />
      {children}
    </label>
  );
}

function Whereabouts({ folder, isCopy }: { readonly folder: string; readonly isCopy: boolean }) {
  const copy = () => {
    copyText(folder).then(() => toast(strings.copiedPath), toastFailure);
  };
  return (
    <span className="flex min-w-0 items-center gap-2 text-muted text-xs">
      <span className="min-w-0 wrap-anywhere">{strings.folderIs(folder, isCopy)}</span>
      <Button look="ghost" onClick={copy}>
        {strings.copyPath}
      </Button>
    </span>
  );
}

interface DeedsProps {
  readonly conversation: string;
  readonly message: string;
  readonly isCopy: boolean;
}

/** Of a copy: taken over, committed, made a branch of git. Of the person's own folder: what it was here. */
function Deeds({ conversation, message, isCopy }: DeedsProps) {
  const ask = useFolderCommands();
  const [form, setForm] = useState<'commit' | 'branch'>();
  const what = isCopy ? 'take' : 'restore';
  const say = async (text: string) => {
    if (form === 'commit') {
      const { commit } = await ask('commit', { conversation, message, text });
      toast(strings.committed(commit));
    } else {
      await ask('branch', { conversation, message, name: text });
      toast(strings.branchMade(text));
    }
    setForm(undefined);
  };
  return (
    <span className="ml-auto flex flex-wrap items-center gap-2">
      {form && <LineForm key={form} form={form} onSay={say} onCancel={() => setForm(undefined)} />}
      {!form && isCopy && (
        <>
          <Button look="ghost" onClick={() => setForm('commit')}>
            {strings.commitHere}
          </Button>
          <Button look="ghost" onClick={() => setForm('branch')}>
            {strings.makeBranch}
          </Button>
        </>
      )}
      {!form && (
        <Button
          look={isCopy ? 'primary' : 'ghost'}
          onClick={() => openTool({ kind: 'take-files', conversation, message, what })}
        >
          {isCopy ? strings.take : strings.restore}
        </Button>
      )}
    </span>
  );
}

interface LineFormProps {
  readonly form: 'commit' | 'branch';
  readonly onSay: (text: string) => Promise<void>;
  readonly onCancel: () => void;
}

function LineForm({ form, onSay, onCancel }: LineFormProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const id = useId();
  const label = form === 'commit' ? strings.commitMessage : strings.branchName;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await onSay(text).catch(toastFailure);
    setBusy(false);
  };
  return (
    <form
      aria-label={form === 'commit' ? strings.commitHere : strings.makeBranch}
      onSubmit={submit}
      className="flex flex-wrap items-center gap-2"
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus
        value={text}
        placeholder={label}
        onChange={({ target }) => setText(target.value)}
        className="min-h-8 rounded-lg border border-line bg-raised px-2"
      />
      <Button look="primary" type="submit" disabled={busy || text.trim() === ''}>
        {form === 'commit' ? strings.commit : strings.make}
      </Button>
      <Button look="ghost" onClick={onCancel}>
        {strings.cancel}
      </Button>
    </form>
  );
}
