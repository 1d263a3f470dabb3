import { useMemo, useState } from 'react';
import { PLAIN_LIMIT } from '../../../protocol/reading/formatting-limits.ts';
import { stretchesOf } from '../../components/direction.ts';
import { Button } from '../../components/index.ts';
import * as strings from './strings.ts';

/** Text as it was written; very long text is cut until all of it is asked for. */
export function PlainText({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > PLAIN_LIMIT;
  return (
    <>
      <div className="leading-relaxed whitespace-pre-wrap wrap-anywhere">
        <Lines text={cut ? `${text.slice(0, PLAIN_LIMIT).replace(/[\uD800-\uDBFF]$/, '')}…` : text} />
      </div>
      {cut && (
        <Button className="mt-2" data-unfolds="text" onClick={() => setAll(true)}>
          {strings.showAll(text.length)}
        </Button>
      )}
    </>
  );
}

/** Lines that are read from the same side are one text; the line end between two such stays, for what is copied and found. */
function Lines({ text }: { readonly text: string }) {
  const stretches = useMemo(() => stretchesOf(text), [text]);
  return stretches.map(({ text: lines, direction }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name, and keep no state
    <div key={i} dir={direction ?? 'auto'}>
      {i < stretches.length - 1 ? `${lines}\n` : lines}
    </div>
  ));
}
