import { type FormEvent, useState } from 'react';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { broughtOf, sayToAll, sayTogether, tipsOf } from '../../actions/message/several.ts';
import { firstWordsOf } from '../../actions/message/turn.ts';
import * as words from '../../actions/strings/several.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { clearPicked } from '../../stores/picked.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

interface SeveralDialogProps {
  readonly page: OpenPage;
  readonly kind: 'ask-all' | 'bring-together';
  readonly messages: readonly string[];
}

/** What is asked of several branches, or about several messages, and which they are. */
export function SeveralDialog({ page, kind, messages }: SeveralDialogProps) {
  const isForAll = kind === 'ask-all';
  const { model, nameOf, view } = page;
  const [text, setText] = useState(isForAll ? '' : words.bestOfAll);
  const shown = isForAll ? tipsOf(page, messages) : broughtOf(page, messages);
  const possible = text.trim() !== '' && model !== undefined;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (!possible) return;
    closeDialog();
    clearPicked();
    const said = (async () => (isForAll ? sayToAll : sayTogether)(page, messages, text.trim()))();
    said.catch(toastFailure);
  };
  return (
    <Dialog title={isForAll ? words.askAll : words.bringTogether} onClose={closeDialog}>
      <form onSubmit={ask} className="flex min-h-0 flex-col gap-3 p-4">
        <p className="text-muted text-sm">{isForAll ? strings.asksEach : strings.quotesAll}</p>
        <ul
          aria-label={isForAll ? strings.branchesAsked : strings.messagesQuoted}
          className="max-h-48 min-h-0 overflow-y-auto rounded-lg bg-sunken px-3 py-1.5 text-sm"
        >
          {shown.map((message) => (
            <li key={message} className="truncate py-0.5">
              {excerpt(firstWordsOf(view.tree, message))}
            </li>
          ))}
        </ul>
        <label className="flex flex-col gap-1 text-sm">
          {strings.question}
          <textarea
            data-autofocus
            value={text}
            rows={3}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(event);
            }}
            className="field-sizing-content max-h-60 min-h-20 rounded-lg border border-line-strong bg-paper px-3 py-2 text-base"
          />
        </label>
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-muted text-sm">
            {model ? strings.answers(nameOf(model)) : words.noModel}
          </p>
          <Button onClick={closeDialog}>{strings.cancel}</Button>
          <Button look="primary" type="submit" disabled={!possible}>
            {strings.ask}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
