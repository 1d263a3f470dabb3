import { useEffect } from 'react';
import { announce } from '../stores/announce.ts';
import { Button } from './button.tsx';
import * as strings from './strings.ts';

interface PartFailedProps {
  /** The server could not be reached. */
  readonly away: boolean;
  readonly onRetry: () => void;
}

/** Stands in the place of a part whose code could not be loaded; the page around it stays. */
export function PartFailed({ away, onRetry }: PartFailedProps) {
  const sentence = away ? strings.partAway : strings.partNotLoaded;
  useEffect(() => announce(sentence), [sentence]);
  return (
    <div className="m-auto flex max-w-prose flex-wrap items-center justify-center gap-x-2 gap-y-1 p-3 text-muted text-sm">
      <p>{sentence}</p>
      <Button look="text" onClick={onRetry}>
        {strings.tryAgain}
      </Button>
    </div>
  );
}
