import { useState } from 'react';
import { Button } from '../../components/index.ts';
import { PLAIN_LIMIT } from './limits.ts';

/** Text as it was written; very long text is cut until all of it is asked for. */
export function PlainText({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > PLAIN_LIMIT;
  return (
    <>
      <div dir="auto" className="leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {cut ? `${text.slice(0, PLAIN_LIMIT).replace(/[\uD800-\uDBFF]$/, '')}…` : text}
      </div>
      {cut && (
        <Button className="mt-2" onClick={() => setAll(true)}>
          Show all {text.length.toLocaleString('en')} characters
        </Button>
      )}
    </>
  );
}
