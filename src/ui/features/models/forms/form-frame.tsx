import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react';
import { Button, Spinner } from '../../../components/index.ts';
import * as strings from '../strings-later.ts';

/** How far a form is: what is typed anew makes it still again. */
export type FormState =
  | { readonly kind: 'still' }
  | { readonly kind: 'busy'; readonly what: string }
  | { readonly kind: 'good'; readonly sentence: string }
  | { readonly kind: 'bad'; readonly sentence: string };

interface FormFrameProps {
  readonly title: string;
  /** What its submit button says. */
  readonly submit: string;
  readonly state: FormState;
  readonly onTest: () => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  /** Its fields; `status` is the id of the line that says what came of the last test or save. */
  readonly children: (status: string) => ReactNode;
}

/** A form of what models come from: tested in place, then kept. Escape leaves it. */
export function FormFrame({ title, submit, state, onTest, onSave, onCancel, children }: FormFrameProps) {
  const heading = useId();
  const status = useId();
  const busy = state.kind === 'busy';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // For React it is still inside the composer's form.
    event.stopPropagation();
    if (!busy) onSave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  return (
    <form
      aria-labelledby={heading}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      className="mb-3 space-y-3 rounded-xl border border-leaf p-3"
    >
      <h3 id={heading} className="font-medium text-sm">
        {title}
      </h3>
      {children(status)}
      <FormOutcome id={status} state={state} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="ghost" onClick={onCancel}>
          {strings.cancel}
        </Button>
        <Button aria-disabled={busy} onClick={() => busy || onTest()}>
          {strings.test}
        </Button>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** What came of the last test or save; the line is always there, so that it is read out when it changes. */
function FormOutcome({ id, state }: { readonly id: string; readonly state: FormState }) {
  return (
    <p
      id={id}
      role={state.kind === 'bad' ? 'alert' : 'status'}
      className={`wrap-anywhere text-sm ${state.kind === 'good' ? 'text-leaf' : 'text-danger'}`}
    >
      {state.kind === 'busy' && (
        <span className="flex items-center gap-2 text-muted">
          <Spinner /> {state.what}
        </span>
      )}
      {(state.kind === 'good' || state.kind === 'bad') && state.sentence}
    </p>
  );
}
