import type { ReactNode } from 'react';
import { useIsLoaded } from '../../../../client/hooks/index.ts';
import type { MessageView } from '../../../../client/types.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { MessageHeader } from '../../../../tree/index.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

interface LoadFailureProps extends Pick<MessageView, 'error' | 'away'> {
  readonly row: Row;
  readonly header: MessageHeader;
}

/** A message whose text could not be loaded: what is known of it, and why. Coming back to it tries again. */
export function LoadFailure({ row, header, error, away }: LoadFailureProps) {
  const preview = (
    <p dir="auto" className="text-muted wrap-anywhere">
      {plainLine(header.preview)}
    </p>
  );
  if (away) return <NotKept row={row}>{preview}</NotKept>;
  return (
    <div className={row.role === 'user' ? 'max-w-[88%] text-right' : ''}>
      {preview}
      <p className="mt-1 text-danger text-sm">{error}</p>
    </div>
  );
}

/** Said once of all that are not kept, where they begin: under the last before one that is there, or above the first after one. */
function NotKept({ row, children }: { readonly row: Row; readonly children: ReactNode }) {
  const { beside } = useThread();
  const [before, after] = [beside?.(row, -1), beside?.(row, 1)];
  const isThereBefore = useIsThere(before);
  const isThereAfter = useIsThere(after);
  const isFirst = beside !== undefined && (before === undefined || isThereBefore);
  return (
    <>
      {isFirst && !isThereAfter && <Said>{strings.notKeptHere}</Said>}
      <div className={row.role === 'user' ? 'max-w-[88%] self-end text-right' : ''}>{children}</div>
      {isThereAfter && <Said>{strings.notKeptOlder}</Said>}
    </>
  );
}

function useIsThere(row: Row | undefined): boolean {
  const { conversation } = useThread();
  const isLoaded = useIsLoaded(conversation, row?.key ?? '');
  return row !== undefined && (row.entry.kind !== 'message' || isLoaded);
}

function Said({ children }: { readonly children: string }) {
  return (
    <p className="my-3 w-full rounded-xl bg-sunken px-3 py-1.5 text-center text-muted text-sm">{children}</p>
  );
}
