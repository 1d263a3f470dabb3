import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { MessageHeader } from '../../../../tree/index.ts';
import type { Row } from '../rows/rows.ts';

interface LoadFailureProps {
  readonly row: Row;
  readonly header: MessageHeader;
  readonly error: string;
}

/** A message whose text could not be loaded: what is known of it, and why. Coming back to it tries again. */
export function LoadFailure({ row, header, error }: LoadFailureProps) {
  return (
    <div className={row.role === 'user' ? 'max-w-[88%] text-right' : ''}>
      <p dir="auto" className="text-muted wrap-anywhere">
        {plainLine(header.preview)}
      </p>
      <p className="mt-1 text-danger text-sm">{error}</p>
    </div>
  );
}
