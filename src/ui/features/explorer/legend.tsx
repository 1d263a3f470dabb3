import { useStore } from '@xyflow/react';
import type { ReactNode } from 'react';
import { levelOf } from './zoom-level.ts';

/** What blocks and marks mean, while there are only those. */
export function Legend() {
  const far = useStore(({ transform }) => levelOf(transform[2]) === 'far');
  if (!far) return null;
  return (
    <ul
      aria-label="Legend"
      className="pointer-events-none flex flex-col gap-0.5 rounded-lg bg-paper px-2 py-1 text-muted text-xs"
    >
      <Meaning words="your path">
        <span className="h-3 w-2.5 rounded-xs bg-leaf" />
      </Meaning>
      <Meaning words="other branches">
        <span className="h-3 w-2.5 rounded-xs bg-line-strong" />
      </Meaning>
      <Meaning words="fork">
        <span className="size-2 rotate-45 rounded-[1px] bg-ink" />
      </Meaning>
      <Meaning words="live">
        <span className="size-2 rounded-full bg-warn" />
      </Meaning>
    </ul>
  );
}

function Meaning({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="grid w-3 place-items-center">
        {children}
      </span>
      {words}
    </li>
  );
}
