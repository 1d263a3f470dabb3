import { type FormEvent, useState } from 'react';
import { LABEL_LIMIT } from '../../../protocol/index.ts';
import { COLOURS, type Colour, markOf } from '../../../tree/index.ts';
import { markWithUndo } from '../../actions/undo/steps.ts';
import { cx, Dialog, FormFoot } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

interface LabelDialogProps {
  readonly page: OpenPage;
  readonly messages: readonly string[];
}

/** A name and a colour for the branch that begins with a message, or for several at a time. */
export function LabelDialog({ page, messages }: LabelDialogProps) {
  const { tree } = page.view;
  const before = markOf(tree, messages[0] as string);
  const [label, setLabel] = useState(before.label);
  const [colour, setColour] = useState<Colour | 'none'>(before.colour ?? 'none');
  const save = (event: FormEvent) => {
    event.preventDefault();
    closeDialog();
    const marks = messages.map((message) => ({ message, label: label.trim(), colour }));
    markWithUndo(page, marks, saidOf(label, colour)).catch(toastFailure);
  };
  return (
    <Dialog title={strings.labelAndColour} onClose={closeDialog}>
      <form onSubmit={save} className="flex flex-col gap-4 p-4">
        <label className="flex flex-col gap-1 text-sm">
          {strings.label}
          <input
            data-autofocus
            value={label}
            maxLength={LABEL_LIMIT}
            placeholder={strings.labelHint}
            onChange={(event) => setLabel(event.target.value)}
            className="min-h-10 rounded-lg border border-line-strong bg-paper px-3 text-base"
          />
        </label>
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="mb-1 text-sm">{strings.colour}</legend>
          {(['none', ...COLOURS] as const).map((name) => (
            <label
              key={name}
              className={cx(
                'flex min-h-9 cursor-pointer items-center gap-2 rounded-lg border px-2.5 text-sm has-focus-visible:outline-2',
                colour === name ? 'border-leaf bg-leaf-soft' : 'border-line',
              )}
            >
              <input
                type="radio"
                name="colour"
                checked={colour === name}
                onChange={() => setColour(name)}
                className="sr-only"
              />
              <span
                aria-hidden
                className="size-3.5 rounded-full border border-line-strong"
                style={name === 'none' ? undefined : { background: `var(--branch-${name})` }}
              />
              {strings.colours[name]}
            </label>
          ))}
        </fieldset>
        <FormFoot onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}

function saidOf(label: string, colour: Colour | 'none'): string {
  if (label.trim() !== '') return strings.labelled(label.trim());
  return colour === 'none' ? strings.labelRemoved : strings.coloured(colour);
}
