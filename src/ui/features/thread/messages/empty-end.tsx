import type { Generation } from '../../../../tree/index.ts';
import { BelowMessage } from '../pieces/below-message.tsx';
import { FinishNote } from '../pieces/finish-note.tsx';
import { ReplyHeader } from '../pieces/reply-header.tsx';
import type { Row } from '../rows/rows.ts';

/** A reply that ended before its first word: why, and "Try again" in the same place. */
export function EmptyEnd({ row, generation }: { readonly row: Row; readonly generation: Generation }) {
  return (
    <>
      <ReplyHeader name={generation.name} demo={generation.demo} />
      <FinishNote row={row} finish={generation.end} />
      {row.versions.length > 1 && <BelowMessage row={row} time={generation.started} />}
    </>
  );
}
