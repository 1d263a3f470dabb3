import { wordsIn } from '../../../protocol/index.ts';
import { Button } from '../../components/index.ts';
import * as strings from './strings.ts';
import type { Draft } from './use-summary-writing.ts';

export const isBeingWritten = ({ state }: Draft): boolean => state === 'reading' || state === 'writing';

/** Why nothing can be done with the words yet; undefined: it can. */
export function notReady(draft: Draft): string | undefined {
  if (isBeingWritten(draft)) return strings.tooEarly;
  return draft.text.trim() === '' ? strings.empty : undefined;
}

interface DraftFieldProps {
  readonly draft: Draft;
  /** Why what was done with it failed. */
  readonly problem?: string | undefined;
  /** It is being said. Default: false. */
  readonly isFixed?: boolean;
  readonly onChange: (text: string) => void;
  readonly onStop: () => void;
  /** Has it written. Default: there is nobody to write it. */
  readonly onWrite?: () => void;
}

/** The words of a summary while they are written, and to be edited. */
export function DraftField({ draft, problem, isFixed = false, onChange, onStop, onWrite }: DraftFieldProps) {
  const isWriting = isBeingWritten(draft);
  return (
    <>
      <textarea
        aria-label={strings.summary}
        data-autofocus
        value={draft.text}
        readOnly={isWriting || isFixed}
        aria-busy={isWriting}
        rows={6}
        placeholder={isWriting ? '' : strings.placeholder}
        onChange={({ target }) => onChange(target.value)}
        className="field-sizing-content block max-h-[40dvh] min-h-36 w-full resize-none overflow-y-auto rounded-xl border border-line-strong bg-paper px-3 py-2.5 text-base leading-6 outline-none ring-leaf focus:border-leaf focus:ring-1"
      />
      <div className="flex min-h-8 flex-wrap items-center gap-2 text-sm">
        <State draft={draft} problem={problem} />
        {isWriting ? (
          <Button onClick={onStop}>{strings.stop}</Button>
        ) : (
          onWrite && (
            <Button onClick={onWrite}>{draft.text === '' ? strings.write : strings.writeAgain}</Button>
          )
        )}
      </div>
    </>
  );
}

/** What is going on, said to screen readers when it changes, never the words as they come. */
function State({ draft, problem }: { readonly draft: Draft; readonly problem: string | undefined }) {
  const failed = problem ?? draft.problem;
  if (failed)
    return (
      <p role="alert" className="flex-1 text-danger">
        {failed}
      </p>
    );
  return (
    <p role="status" className="flex-1 text-muted">
      {stateOf(draft)}
    </p>
  );
}

function stateOf({ state, part, text }: Draft): string {
  if (state === 'reading')
    return part && part.of > 1 ? strings.readingPart(part.n, part.of) : strings.reading;
  if (state === 'writing')
    return part && part.of > 1 ? strings.readingPart(part.n, part.of) : strings.writing;
  if (state === 'written') return strings.written(wordsIn(text));
  return state === 'stopped' ? strings.stopped : '';
}
