import { Button } from './button.tsx';
import { Spinner } from './spinner.tsx';
import * as strings from './strings-later.ts';

interface FormFootProps {
  /** Absent: it is part of a page, and there is nothing to go back to. */
  readonly onCancel?: (() => void) | undefined;
  /** What the form does. Default: Save. */
  readonly submit?: string | undefined;
  /** Why it did not do it, the last time it was asked to. */
  readonly problem?: string | undefined;
  /** Of the line that says so. */
  readonly problemId?: string | undefined;
  readonly busy?: boolean;
  /** There is nothing to save yet. */
  readonly disabled?: boolean;
}

/** The end of a form: what went wrong, and the two ways out of it. */
export function FormFoot({ onCancel, submit = strings.save, busy = false, ...more }: FormFootProps) {
  const { problem, problemId, disabled } = more;
  return (
    <>
      {problem !== undefined && (
        <p id={problemId} role="alert" className="text-danger text-sm wrap-anywhere">
          {problem}
        </p>
      )}
      <p className="flex flex-wrap justify-end gap-2">
        {onCancel && <Button onClick={onCancel}>{strings.cancel}</Button>}
        <Button look="primary" type="submit" disabled={disabled} aria-disabled={busy}>
          {busy && <Spinner className="text-current" />}
          {submit}
        </Button>
      </p>
    </>
  );
}
