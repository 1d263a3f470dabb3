import { type FormEvent, useRef, useState } from 'react';
import type { PromptsView } from '../../../client/hooks/use-prompts.ts';
import { PROMPT_LIMIT } from '../../../protocol/requests/prompts.ts';
import { Button, TextBox } from '../../components/index.ts';
import { toastFailure } from '../../stores/toasts.ts';
import type { Done } from './done-note.tsx';
import * as strings from './strings.ts';

interface DefaultPromptProps {
  readonly view: PromptsView;
  /** As it is kept; empty: there is none. */
  readonly text: string;
  readonly onDone: (done: Done) => void;
}

/** The system prompt that new chats begin with; saved empty there is none. */
export function DefaultPrompt({ view, text, onDone }: DefaultPromptProps) {
  const [typed, setTyped] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const changed = typed !== undefined && typed !== text;
  const set = async (next: string) => {
    await view.change('set-system', { text: next });
    setTyped(undefined);
    const said = next.trim() === '' ? strings.defaultRemoved : strings.defaultSaved;
    onDone({ text: said, undo: () => view.change('set-system', { text }) });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (changed) void set(typed).catch(toastFailure);
  };
  return (
    <form aria-label={strings.defaultPrompt} onSubmit={onSubmit} className="space-y-2">
      <h3 className="font-medium text-sm">{strings.defaultPrompt}</h3>
      <p className="text-muted text-sm">{strings.defaultMeans}</p>
      <TextBox
        box={box}
        text={typed ?? text}
        onText={setTyped}
        rows={2}
        maxLength={PROMPT_LIMIT}
        aria-label={strings.defaultPrompt}
        placeholder={strings.defaultExample}
        className="max-h-[30dvh] min-h-16 rounded-xl border border-line-strong bg-paper px-3 py-2 text-sm"
      />
      <div className="flex justify-end gap-2">
        {changed && <Button onClick={() => setTyped(undefined)}>{strings.cancel}</Button>}
        <Button look="primary" type="submit" aria-disabled={!changed}>
          {strings.save}
        </Button>
      </div>
    </form>
  );
}
