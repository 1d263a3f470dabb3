import { type DragEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { goingBack } from '../../../actions/message/agent-session-words.ts';
import { Button, hasMod, isComposing, shortcutName, TextBox } from '../../../components/index.ts';
import { OnlyHere } from '../../../components/only-here.tsx';
import { useOfPage } from '../../../stores/page.ts';
import { editKey } from '../../../stores/writing/attachments.ts';
import { EDITS_KEY, takeOpened } from '../../../stores/writing/edits.ts';
import { useQuotes } from '../../../stores/writing/quotes.ts';
import { useIsUnkept } from '../../../stores/writing/written.ts';
import { DraftQuotes } from '../../composer/later.ts';
import { AttachButton, Attachments, useAttach } from '../../files/index.ts';
import { promiseOf } from '../rows/edit-check.ts';
import type { Row } from '../rows/rows.ts';
import * as strings from '../strings.ts';
import { type EditedText, useEditMessage } from './use-edit-message.ts';

interface MessageEditorProps {
  readonly row: Row;
  /** The message as it is. */
  readonly before: EditedText;
  /** The words as they will be. */
  readonly text: string;
  /** It has reasoning or tools, which a version in a person's words does not keep. */
  readonly drops?: boolean;
}

/** A message being edited in its place: the box, what saving will do, and the ways out. */
export function MessageEditor({ row, before, text, drops = false }: MessageEditorProps) {
  const { problem, change, save, cancel } = useEditMessage(row, before);
  const box = useRef<HTMLTextAreaElement>(null);
  const note = useId();
  const draft = editKey(row.key);
  const { take, onPaste } = useAttach(draft);
  const quotes = useQuotes(draft);
  const isUnkept = useIsUnkept(EDITS_KEY, `:${draft}`);
  const asks = row.role === 'user';
  useFocusOnOpening(box, row.key);
  const more = useOfPage((page) =>
    page && asks ? goingBack(page, page.view.tree.messages.get(row.key)?.parent ?? null, page.model) : '',
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      cancel();
    }
    if (event.key === 'Enter' && hasMod(event)) {
      event.preventDefault();
      save({ reply: asks });
    }
  };
  const onDrop = (event: DragEvent) => {
    if (!asks || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves the editor from any of its buttons
    <div
      data-editor
      onKeyDown={onKeyDown}
      onDrop={onDrop}
      className="flex w-full flex-col gap-2"
      data-print="hide"
    >
      {quotes.length > 0 && <DraftQuotes draft={draft} quotes={quotes} />}
      {asks && <Attachments draft={draft} />}
      {isUnkept && <OnlyHere text={text} />}
      <TextBox
        box={box}
        text={text}
        onText={change}
        data-place="edit"
        aria-label={strings.editMessage}
        aria-describedby={note}
        aria-invalid={problem !== undefined}
        rows={2}
        onPaste={asks ? onPaste : undefined}
        className="max-h-[60dvh] min-h-20 rounded-2xl border border-leaf bg-surface px-4 py-3 ring-leaf focus:ring-1"
      />
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
        <p
          id={note}
          className={`min-w-0 flex-1 basis-48 pl-1 text-sm ${problem ? 'text-danger' : 'text-muted'}`}
        >
          {problem ?? `${promiseOf(row)}${drops ? strings.onlyText : ''}${more}`}
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          {asks && <AttachButton onFiles={take} />}
          <Button look="ghost" tip={strings.cancelKey} onClick={cancel}>
            {strings.cancel}
          </Button>
          <Button
            look={asks ? 'plain' : 'primary'}
            tip={asks ? strings.saveOnlyMeans : strings.saveKey(shortcutName('Enter'))}
            onClick={() => save()}
          >
            {asks ? strings.saveOnly : strings.save}
          </Button>
          {asks && (
            <Button
              look="primary"
              tip={strings.saveAndSendMeans(shortcutName('Enter'))}
              onClick={() => save({ reply: true })}
            >
              {strings.saveAndSend}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function useFocusOnOpening(box: { readonly current: HTMLTextAreaElement | null }, message: string): void {
  useEffect(() => {
    const element = box.current;
    if (!element || !takeOpened(message)) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
    element.scrollIntoView?.({ block: 'nearest' });
  }, [box, message]);
}
