import { useRef, useState } from 'react';
import { useAccess, useActions, useModels } from '../../../../client/hooks/index.ts';
import type { SendChange } from '../../../../client/types.ts';
import type { ModelRef } from '../../../../tree/index.ts';
import { onRefused } from '../../../stores/too-large.ts';
import { askedBy, modelOf, type Row, staysBehind } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';

export interface TryAgain {
  /** Asks for another reply and goes there; undefined where nobody can be asked. */
  readonly run: (() => void) | undefined;
  readonly busy: boolean;
  /** What it will do: a version or the same place, who is asked, what it hides. */
  readonly tip: string;
}

/** "Try again" and "Regenerate": another reply to the same message. */
export function useTryAgain(row: Row): TryAgain {
  const { conversation, model: composer, chosen, showVersion } = useThread();
  const { regenerate } = useActions();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const model = chosen ?? modelOf(row) ?? composer;
  const name = useModelName(model);
  const parent = askedBy(row);
  const run = (change: SendChange = {}) => {
    if (running.current || !model || parent === undefined) return;
    running.current = true;
    setBusy(true);
    regenerate({ conversation, parent, model, ...change })
      .then(
        ({ reply }) => showVersion(reply, 'article'),
        (error: unknown) => onRefused(error, (other) => run({ ...change, ...other })),
      )
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  };
  const { readOnly } = useAccess();
  const possible = model && parent !== undefined && !readOnly;
  return { run: possible ? () => run() : undefined, busy, tip: tipFor(row, name) };
}

function useModelName(model: ModelRef | undefined): string | undefined {
  const { models } = useModels();
  return models.find(({ ref }) => ref.source === model?.source && ref.id === model.id)?.name ?? model?.id;
}

export function tipFor(row: Row, model: string | undefined): string {
  const asks = model === undefined ? '' : ` by ${model}`;
  if (row.entry.kind === 'empty-end') return `Asks again, in the same place${asks && `:${asks.slice(3)}`}`;
  const version = `Makes version ${Math.max(1, row.versions.length) + 1}${asks}`;
  const left = staysBehind(row);
  return left === undefined ? version : `${version}; ${left}`;
}
