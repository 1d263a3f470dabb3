import { type FormEvent, useState } from 'react';
import { useActions, useChatFolders } from '../../../../client/hooks/index.ts';
import { CHAT_FOLDER_LIMIT } from '../../../../protocol/limits.ts';
import { makeChatFolder } from '../../../actions/conversation/filing.ts';
import { Button, Dialog } from '../../../components/index.ts';
import { closeDialog } from '../../../stores/dialogs.ts';
import * as strings from '../strings-filing.ts';

/** Asks for the name of a folder, and makes it. */
export function NewFolder() {
  const client = useActions();
  const folders = useChatFolders();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    makeChatFolder(client, folders, name).then(closeDialog, (error: Error) => setProblem(error.message));
  };
  return (
    <Dialog title={strings.newFolder} onClose={closeDialog}>
      <form onSubmit={submit} className="flex flex-col gap-3 p-4">
        <label className="flex flex-col gap-1 text-sm">
          {strings.name}
          <input
            data-autofocus
            dir="auto"
            value={name}
            maxLength={CHAT_FOLDER_LIMIT}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
            className="h-9 rounded-lg border border-line-strong bg-surface px-2.5"
          />
        </label>
        {problem && (
          <p role="alert" className="text-danger text-sm">
            {problem}
          </p>
        )}
        <p className="text-muted text-sm">{strings.howToFill}</p>
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={name.trim() === ''}>
            {strings.make}
          </Button>
          <Button onClick={closeDialog}>{strings.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
