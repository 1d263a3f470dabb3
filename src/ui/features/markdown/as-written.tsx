import type { Ref } from 'react';
import * as strings from './strings.ts';

interface AsWrittenProps {
  readonly text: string;
  /** Why it is not formatted: it still grows, is being formatted, or cannot be. */
  readonly state: 'growing' | 'loading' | 'too-much';
  readonly ref?: Ref<HTMLDivElement>;
}

/** A block that is not formatted, or not yet, and a word about it if that stays so for more than a moment. */
export function AsWritten({ text, state, ref }: AsWrittenProps) {
  return (
    <div ref={ref} className="md-written" data-loading={state === 'loading' || undefined}>
      <p dir="auto" className="md-lines">
        {text}
      </p>
      {state !== 'loading' && (
        <p className="md-written-note">
          {state === 'growing' ? strings.formattedWhenWhole : strings.asWritten}
        </p>
      )}
    </div>
  );
}
