import { PackageOpen } from 'lucide-react';
import {
  type UnknownPart,
  type UnreadablePart as Unreadable,
  unreadableName,
} from '../../../../protocol/index.ts';
import * as strings from '../strings.ts';
import { Fold } from './fold.tsx';
import { readable } from './readable.ts';

/** Something of a later version, or damaged: that it is there, and folded what is stored of it. */
export function UnreadablePart({ part }: { readonly part: Unreadable | UnknownPart }) {
  return (
    <Fold
      wraps
      icon={<PackageOpen aria-hidden size={15} className="shrink-0" />}
      title={strings.cannotShow(unreadableName(part))}
    >
      {() => (
        <pre className="max-h-80 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {readable(JSON.stringify(part))}
        </pre>
      )}
    </Fold>
  );
}
