import { useId, useState } from 'react';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import { Button, cx } from '../../components/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

interface DeedsProps {
  readonly conversation: string;
  readonly message: string;
  readonly isCopy: boolean;
}

/** Of a copy: taken over, committed, made a branch of git. Of the person's own folder: what it was here. */
export function BranchDeeds({ conversation, message, isCopy }: DeedsProps) {
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
    <span className={cx('ml-auto flex flex-wrap items-center gap-2', form && 'max-sm:w-full')}>
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
          onClick={() => openDialog({ kind: 'take-files', conversation, message, what })}
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
      className="flex min-w-0 flex-1 items-center gap-2"
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
        className="min-h-8 w-48 min-w-0 flex-1 rounded-lg border border-line-strong bg-paper px-2"
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
