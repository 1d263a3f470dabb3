import { useState } from 'react';
import { useEndpoints } from '../../../../client/hooks/use-endpoints.ts';
import type { Source } from '../../../../protocol/index.ts';
import { Button } from '../../../components/index.ts';
import { announce } from '../../../stores/announce.ts';
import * as strings from '../strings-later.ts';

interface SourceRemovalProps {
  readonly source: Source;
  readonly endpoint: string;
  readonly onKeep: () => void;
  readonly onRemoved: () => void;
}

/** The key cannot be had back, so removing is asked for first. */
export function SourceRemoval({ source, endpoint, onKeep, onRemoved }: SourceRemovalProps) {
  const endpoints = useEndpoints();
  const [failure, setFailure] = useState<string>();
  const remove = () => {
    endpoints('remove', { id: endpoint }).then(
      () => {
        announce(strings.removed(source.name));
        onRemoved();
        onKeep();
      },
      (error: Error) => setFailure(error.message),
    );
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5 pb-2 text-ink text-sm">
      <span className="flex-1">{source.hasKey ? strings.removeWithKey : strings.removeIt}</span>
      <Button look="danger" onClick={remove}>
        {strings.remove}
      </Button>
      {/* The question was asked for by a press; the safe answer is where that leads. */}
      <Button autoFocus onClick={onKeep}>
        {strings.keep}
      </Button>
      {failure && (
        <p role="alert" className="w-full text-danger">
          {failure}
        </p>
      )}
    </div>
  );
}
