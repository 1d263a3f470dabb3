import { useMemo, useState } from 'react';
import { usePrinting } from '../../../stores/printing.ts';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import '../previews.css';
import * as strings from '../strings.ts';
import { diffLines } from './diff-lines.ts';

/** Lines that come at once. */
const STEP = 400;

const SAID = { added: strings.added, removed: strings.removed } as const;

/** A diff with what came and what went in colours, and said to who does not see them. */
export function DiffView({ code, source }: PreviewProps) {
  const lines = useMemo(() => diffLines(code), [code]);
  const [asked, setAsked] = useState(STEP);
  const printing = usePrinting(({ stage }) => stage !== 'off');
  const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count('added'), count('removed')];
  if (added + removed === 0) return <NotShown why={strings.notADiff} source={source} />;
  const shown = printing ? lines.length : Math.min(asked, lines.length);
  return (
    <>
      <pre
        className="preview-diff"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <code>
          {lines.slice(0, shown).map(({ kind, text }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
            <span key={n} data-kind={kind}>
              {kind in SAID && <span className="sr-only">{SAID[kind as keyof typeof SAID]}: </span>}
              {text}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
      <p className="preview-note">{strings.changed(added, removed)}</p>
      {shown < lines.length && (
        <button type="button" className="md-code-more" onClick={() => setAsked(lines.length)}>
          {strings.showMoreItems(lines.length - shown, lines.length - shown)}
        </button>
      )}
    </>
  );
}
