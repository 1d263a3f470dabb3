import { memo } from 'react';
import { useTurn } from '../use-turn.ts';
import { useCanColour, useHighlighted } from './use-highlighted.ts';

/** Longer code is laid out and coloured in slices. */
export const WHOLE = 20_000;
const SLICE = 4_000;

/** Code in slices of some 4,000 characters, each through the end of a line. Whatever is appended, all but the last stay. */
export function slicesOf(code: string): readonly string[] {
  const slices: string[] = [];
  for (let from = 0; from < code.length; ) {
    const line = code.indexOf('\n', from + SLICE);
    const end = line < 0 ? code.length : line + 1;
    slices.push(code.slice(from, end));
    from = end;
  }
  return slices;
}

interface CodeSliceProps {
  readonly code: string;
  readonly language: string;
  readonly growing: boolean;
}

/** A slice of long code: laid out when it is near the window, coloured when it is its turn and it is whole. */
export const CodeSlice = memo(function CodeSlice({ code, language, growing }: CodeSliceProps) {
  const canColour = useCanColour(language);
  const [turn, place] = useTurn<HTMLSpanElement>(!growing && canColour, code.length);
  const { html } = useHighlighted(code, turn ? language : '', false);
  const lines = code.split('\n').length - (code.endsWith('\n') ? 1 : 0);
  const style = { containIntrinsicBlockSize: `auto ${lines}lh` };
  if (html === undefined)
    return (
      <span ref={place} className="md-code-slice" style={style}>
        {code}
      </span>
    );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by highlight.js, which escapes the code
  return <span className="md-code-slice" style={style} dangerouslySetInnerHTML={{ __html: html }} />;
});
