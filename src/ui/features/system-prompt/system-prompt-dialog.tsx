import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useMessage } from '../../../client/hooks/index.ts';
import { filesOf, type Message, textOf } from '../../../protocol/index.ts';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { firstWordsOf } from '../../actions/message/turn.ts';
import {
  Button,
  Dialog,
  hasMod,
  isComposing,
  Spinner,
  shortcutName,
  TextBox,
} from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { giveBackFiles } from '../../stores/writing/attachments.ts';
import { giveBack } from '../../stores/writing/drafts.ts';

import { type PromptPlace, promptPlace, sentenceFor } from './prompt-place.ts';
import * as strings from './strings.ts';
import { usePrompt } from './use-prompt.ts';

interface SystemPromptDialogProps {
  /** Undefined in a chat that does not exist yet. */
  readonly page: OpenPage | undefined;
  /** The message it is set from. Undefined: the end of the path. */
  readonly from: string | undefined;
}

/** How the model shall answer: what is in force, and another from a point on. */
export function SystemPromptDialog({ page, from }: SystemPromptDialogProps) {
  const place = page && promptPlace(page.view, from);
  const id = page?.view.id ?? '';
  const inForce = useMessage(id, place?.inForce);
  const instead = useMessage(id, place?.instead);
  const error = inForce.error ?? instead.error;
  const ready =
    page?.view.status !== 'loading' &&
    (!place?.inForce || inForce.message) &&
    (!place?.instead || instead.message);
  return (
    <Dialog title={strings.systemPrompt} onClose={closeDialog}>
      {ready ? (
        <Editor
          {...{ page, from, place }}
          before={inForce.message ? textOf(inForce.message.parts) : ''}
          instead={instead.message}
        />
      ) : (
        <p role={error ? 'alert' : undefined} className="p-4 text-sm">
          {error ?? <Spinner label={strings.loading} />}
        </p>
      )}
    </Dialog>
  );
}

interface EditorProps extends SystemPromptDialogProps {
  readonly place: PromptPlace | undefined;
  readonly before: string;
  readonly instead: Message | undefined;
}

function Editor({ page, from, place, before, instead }: EditorProps) {
  const onSet = (conversation: string) => {
    if (instead) {
      giveBack(conversation, textOf(instead.parts));
      giveBackFiles(conversation, filesOf(instead.parts));
    }
    closeDialog();
    // After the dialog has given the focus back.
    setTimeout(() => ask('composer'));
  };
  const prompt = usePrompt({ page, from, before, onSet });
  const { text, save, busy, problem, waiting } = prompt;
  const box = useRef<HTMLTextAreaElement>(null);
  const note = problem ?? waiting;
  useEffect(() => {
    if (note) announce(note);
  }, [note]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) save(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !hasMod(event) || isComposing(event.nativeEvent)) return;
    onSubmit(event);
  };
  const words = (message: string) => excerpt(page ? firstWordsOf(page.view.tree, message) : '');
  return (
    <form onSubmit={onSubmit} className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
      <p className="text-muted text-sm">{strings.comesFirst(sentenceFor(place, words))}</p>
      <TextBox
        box={box}
        text={text}
        onText={prompt.change}
        data-autofocus
        aria-label={strings.systemPrompt}
        aria-invalid={problem !== undefined}
        rows={4}
        readOnly={busy}
        placeholder={strings.placeholder}
        onKeyDown={onKeyDown}
        className="max-h-[45dvh] min-h-32 rounded-xl border border-line-strong bg-paper px-3 py-2.5 ring-leaf focus:border-leaf focus:ring-1"
      />
      {prompt.unsaved && (
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
          {strings.unsaved}
          <Button look="text" onClick={prompt.reset}>
            {before === '' ? strings.discard : strings.backToSaved}
          </Button>
        </p>
      )}
      {note && <p className={`text-sm ${problem ? 'text-danger' : 'text-muted'}`}>{note}</p>}
      {!page && (
        <Button look="text" className="self-start" onClick={() => openDialog({ kind: 'prompts' })}>
          {strings.promptsAndDefault}
        </Button>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {before !== '' && (
          <Button look="danger" className="mr-auto" aria-disabled={busy} onClick={() => !busy && save('')}>
            {strings.remove}
          </Button>
        )}
        <Button onClick={closeDialog}>{strings.cancel}</Button>
        <Button
          look="primary"
          type="submit"
          tip={strings.saveKey(shortcutName('Enter'))}
          aria-disabled={busy}
        >
          {busy && <Spinner className="text-current" />}
          {strings.save}
        </Button>
      </div>
    </form>
  );
}
