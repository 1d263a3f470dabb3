import type { ReactNode } from 'react';
import type { Hit } from '../../../protocol/find/find.ts';
import { plainPlaces } from '../../../protocol/reading/first-line.ts';
import './find.css';

/** The words around a hit, as words are read elsewhere; as they were written, where what was found is in marks or a formula. */
export function Excerpt({ hit }: { readonly hit: Pick<Hit, 'excerpt' | 'marks'> }) {
  const plain = plainPlaces(hit.excerpt, hit.marks);
  const { text, places } = plain ?? { text: hit.excerpt, places: hit.marks };
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of places) {
    parts.push(text.slice(at, start));
    parts.push(
      <mark key={start} className="rounded-xs bg-[var(--found)] text-[var(--found-ink)]">
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
