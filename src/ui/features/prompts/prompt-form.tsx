import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { PromptsView } from '../../../client/hooks/use-prompts.ts';
import { newId } from '../../../protocol/index.ts';
import { PROMPT_LIMIT, type SavedPrompt } from '../../../protocol/requests/prompts.ts';
import { FormFoot, isComposing, TextBox } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import * as strings from './strings.ts';

interface PromptFormProps {
  readonly view: PromptsView;
  /** Undefined: another one. */
  readonly prompt: SavedPrompt | undefined;
  /** Saved or left. */
  readonly onDone: () => void;
}

const FIELD = 'w-full rounded-lg border border-line-strong bg-paper px-3 text-sm';

/** Name and text of one prompt. What is refused stays in its fields. */
export function PromptForm({ view, prompt, onDone }: PromptFormProps) {
  // The same for each try: saving again after a lost answer adds nothing twice.
  const [id] = useState(() => prompt?.id ?? newId());
  const [name, setName] = useState(prompt?.name ?? '');
  const [text, setText] = useState(prompt?.text ?? '');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const [nameId, textId, noteId] = [useId(), useId(), useId()];
  const save = async () => {
    if (name.trim() === '') return setProblem(strings.needsName);
    if (text.trim() === '') return setProblem(strings.needsText);
    setBusy(true);
    try {
      await view.change('save', { id, name: name.trim(), text });
      announce(strings.saved(name.trim()));
      onDone();
    } catch (error) {
      setBusy(false);
      setProblem((error as Error).message);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // For React it is still inside whatever opened the dialog.
    event.stopPropagation();
    if (!busy) void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <form
      aria-label={prompt ? strings.editOf(prompt.name) : strings.add}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      className="mb-2 space-y-2 rounded-xl border border-leaf p-3"
    >
      <label htmlFor={nameId} className="block font-medium text-muted text-xs">
        {strings.name}
      </label>
      <input
        id={nameId}
        value={name}
        maxLength={60}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the form was asked for
        autoFocus
        // Where a dialog opens with the form in it: until then nothing of it can have the focus.
        data-autofocus
        aria-describedby={noteId}
        onChange={(event) => setName(event.target.value)}
        className={`h-9 ${FIELD}`}
      />
      <label htmlFor={textId} className="block font-medium text-muted text-xs">
        {strings.text}
      </label>
      <TextBox
        id={textId}
        box={box}
        text={text}
        onText={setText}
        rows={3}
        maxLength={PROMPT_LIMIT}
        placeholder={strings.textExample}
        aria-describedby={noteId}
        className={`max-h-[30dvh] min-h-20 py-2 ${FIELD}`}
      />
      <FormFoot onCancel={onDone} busy={busy} problem={problem} problemId={noteId} />
    </form>
  );
}
