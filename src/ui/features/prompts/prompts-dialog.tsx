import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type PromptsView, usePrompts } from '../../../client/hooks/use-prompts.ts';
import { plainLine } from '../../../protocol/reading/first-line.ts';
import type { SavedPrompt } from '../../../protocol/requests/prompts.ts';
import { Button, Dialog, IconButton, Spinner } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { DefaultPrompt } from './default-prompt.tsx';
import { type Done, DoneNote } from './done-note.tsx';
import { PromptForm } from './prompt-form.tsx';
import * as strings from './strings.ts';

interface PromptsDialogProps {
  /** With the form for another prompt. Default: no. */
  readonly adding?: boolean | undefined;
}

export function PromptsDialog({ adding = false }: PromptsDialogProps) {
  return (
    <Dialog title={strings.prompts} onClose={closeDialog}>
      <div className="min-h-0 overflow-y-auto p-4">
        <PromptsPanel adding={adding} />
      </div>
    </Dialog>
  );
}

/** A person's own prompts, and the system prompt that new chats begin with. */
export function PromptsPanel({ adding = false }: PromptsDialogProps) {
  const view = usePrompts();
  const { kept, problem } = view;
  const [done, setDone] = useState<Done>();
  if (!kept)
    return (
      <p role={problem ? 'alert' : undefined} className="text-sm">
        {problem ?? <Spinner label={strings.loading} />}
      </p>
    );
  return (
    <div className="space-y-6">
      <OwnPrompts view={view} prompts={kept.prompts} adding={adding} onDone={setDone} />
      <DefaultPrompt view={view} text={kept.system} onDone={setDone} />
      {done && <DoneNote key={done.text} done={done} onUndone={() => setDone(undefined)} />}
    </div>
  );
}

/** So many are searched. */
const MANY = 8;

interface OwnPromptsProps {
  readonly view: PromptsView;
  readonly prompts: readonly SavedPrompt[];
  readonly adding: boolean;
  readonly onDone: (done: Done) => void;
}

function OwnPrompts({ view, prompts, adding, onDone }: OwnPromptsProps) {
  /** The id that is edited; `new`: another one. */
  const [open, setOpen] = useState<string | undefined>(adding ? 'new' : undefined);
  const [query, setQuery] = useState('');
  const asked = query.trim().toLowerCase();
  const found = prompts.filter(({ name }) => name.toLowerCase().includes(asked));
  const form = (prompt?: SavedPrompt) => (
    <PromptForm view={view} prompt={prompt} onDone={() => setOpen(undefined)} />
  );
  return (
    <section aria-label={strings.yourPrompts}>
      <div className="flex items-center justify-between gap-2 pb-2">
        <h3 className="font-medium text-sm">{strings.yourPrompts}</h3>
        <Button icon={<Plus size={15} aria-hidden />} onClick={() => setOpen('new')}>
          {strings.add}
        </Button>
      </div>
      <p className="pb-2 text-muted text-sm">{prompts.length > 0 ? strings.howTo : strings.noneKept}</p>
      {open === 'new' && form()}
      {prompts.length > MANY && (
        <input
          type="search"
          aria-label={strings.search}
          placeholder={strings.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-2 h-9 w-full rounded-lg border border-line-strong bg-paper px-3 text-sm"
        />
      )}
      {prompts.length > 0 && found.length === 0 && (
        <p className="py-2 text-muted text-sm">{strings.noneFound}</p>
      )}
      {found.length > 0 && (
        <ul aria-label={strings.yourPrompts} className="divide-y divide-line rounded-xl border border-line">
          {found.map((prompt) => (
            <li
              key={prompt.id}
              className={open === prompt.id ? 'p-2' : 'flex items-center gap-1 py-1.5 pr-1.5 pl-3'}
            >
              {open === prompt.id ? (
                form(prompt)
              ) : (
                <Row view={view} prompt={prompt} onEdit={() => setOpen(prompt.id)} onDone={onDone} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  readonly view: PromptsView;
  readonly prompt: SavedPrompt;
  readonly onEdit: () => void;
  readonly onDone: (done: Done) => void;
}

/** Deleting is undone by saving it again, under the same id. */
function Row({ view, prompt, onEdit, onDone }: RowProps) {
  const { name, text, id } = prompt;
  const remove = async () => {
    await view.change('remove', { id });
    onDone({ text: strings.removed(name), undo: () => view.change('save', prompt) });
  };
  return (
    <>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm" dir="auto">
          {name}
        </span>
        <span className="block truncate text-muted text-xs" dir="auto">
          {plainLine(text.slice(0, 500))}
        </span>
      </span>
      <IconButton
        label={strings.editOf(name)}
        tip={strings.edit}
        icon={<Pencil size={15} />}
        onClick={onEdit}
      />
      <IconButton
        label={strings.removeOf(name)}
        tip={strings.remove}
        icon={<Trash2 size={15} />}
        onClick={() => void remove().catch(toastFailure)}
      />
    </>
  );
}
