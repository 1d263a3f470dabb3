import type { ChangedLines } from '../../../../tree/index.ts';
import * as strings from './strings-snapshot.ts';

/** "4 files, +120 −32". */
export function ChangedLinesText({ lines: { files, added, removed } }: { readonly lines: ChangedLines }) {
  return (
    <span className="tabular-nums">
      {strings.files(files)}, <span className="text-leaf">+{added}</span>{' '}
      <span className="text-danger">−{removed}</span>
    </span>
  );
}
