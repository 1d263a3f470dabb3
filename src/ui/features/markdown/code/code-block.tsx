import { Check, Copy, Download, WrapText } from 'lucide-react';
import { useContext, useId, useMemo, useState } from 'react';
import { BlockPreview, type PreviewChoice, previewOf, saveText } from '../../previews/index.ts';
import { Growing } from '../blocks/growing.ts';
import * as strings from '../strings.ts';
import { CodeSlice, slicesOf, WHOLE } from './code-slice.tsx';
import { fileNameOf } from './file-name.ts';
import { useCopied } from './use-copied.ts';
import { useHighlighted } from './use-highlighted.ts';

interface CodeBlockProps {
  readonly code: string;
  /** As the fence names it; empty if it does not. */
  readonly language: string;
}

/** Lines a block has at most to be shown whole at once. */
const LINES = 40;

/**
 * A block of code: its language, what copies and wraps it, which stay in sight while one reads it, and what it describes where that can be shown,
 * once it is whole.
 */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const growing = useContext(Growing);
  const [wraps, setWraps] = useChosen('wraps', code, false);
  const preview = useMemo(() => (growing ? undefined : previewOf(language, code)), [growing, language, code]);
  const [previewed, setPreviewed] = useChosen('preview', code, undefined);
  const shown = preview && (previewed ?? preview.first) ? preview : undefined;
  const source = <Source code={code} language={language} growing={growing} />;
  return (
    <figure
      dir="ltr"
      className="md-code"
      aria-label={language === '' ? strings.code : strings.codeIn(language)}
      data-wraps={wraps || undefined}
    >
      <div className="md-code-head">
        <span className="md-code-language">{language === '' ? strings.plainCode : language}</span>
        <span className="md-code-tools">
          {preview && <ShowAs shown={shown} onChoose={setPreviewed} />}
          {!shown && (
            <button
              type="button"
              className="md-copy"
              aria-label={strings.wrapLines}
              aria-pressed={wraps}
              data-tip={strings.wrapLines}
              onClick={() => setWraps(!wraps)}
            >
              <WrapText aria-hidden size={14} />
            </button>
          )}
          {!growing && (
            <button
              type="button"
              className="md-copy"
              aria-label={strings.saveCode}
              data-tip={strings.saveCode}
              onClick={() => saveText(code, fileNameOf(language), 'text/plain')}
            >
              <Download aria-hidden size={14} />
            </button>
          )}
          <CopyCode code={code} />
        </span>
      </div>
      {shown ? <BlockPreview kind={shown.kind} {...{ code, language, source }} /> : source}
    </figure>
  );
}

interface ShowAsProps {
  readonly shown: PreviewChoice | undefined;
  readonly onChoose: (preview: boolean) => void;
}

function ShowAs({ shown, onChoose }: ShowAsProps) {
  return (
    <fieldset className="md-show-as" aria-label={strings.showAs}>
      <button type="button" className="md-copy" aria-pressed={!!shown} onClick={() => onChoose(true)}>
        {strings.preview}
      </button>
      <button type="button" className="md-copy" aria-pressed={!shown} onClick={() => onChoose(false)}>
        {strings.source}
      </button>
    </fieldset>
  );
}

/** Code as it is written, in colours once the highlighter is there. Of many lines the first are shown until all are asked for, if it was not seen being written. */
function Source({ code, language, growing }: CodeProps) {
  const [open, setOpen] = useChosen('open', code, growing);
  const lines = useMemo(() => (growing ? 0 : linesIn(code)), [growing, code]);
  const folded = lines > LINES && !open;
  const body = useId();
  return (
    <>
      <pre
        id={body}
        className="md-code-source"
        data-folded={folded || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        // Something in what is folded was looked for and found.
        onScroll={(event) => folded && event.currentTarget.scrollTop > 0 && setOpen(true)}
      >
        {code.length > WHOLE ? (
          <SlicedCode code={code} language={language} growing={growing} />
        ) : (
          <WholeCode code={code} language={language} growing={growing} />
        )}
      </pre>
      {lines > LINES && (
        <button
          type="button"
          className="md-code-more"
          data-unfolds={open ? undefined : 'code'}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          {open ? strings.showLess : strings.showAllLines(lines)}
        </button>
      )}
    </>
  );
}

/** What was chosen for a block, by its code: a row that comes back into sight shows it as it was left. */
const chosen = new Map<string, boolean>();
const REMEMBERED = 200;

function useChosen<I extends boolean | undefined>(
  what: 'wraps' | 'open' | 'preview',
  code: string,
  initially: I,
) {
  const key = what + code;
  const [value, setValue] = useState<boolean | I>(chosen.get(key) ?? initially);
  const choose = (next: boolean) => {
    setValue(next);
    if (chosen.size >= REMEMBERED) chosen.clear();
    chosen.set(key, next);
  };
  return [value, choose] as const;
}

function linesIn(code: string): number {
  let lines = 1;
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function CopyCode({ code }: { readonly code: string }) {
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className="md-copy"
      aria-label={copied ? strings.copied : strings.copyCode}
      onClick={() => copy(code)}
    >
      <Icon aria-hidden size={14} />
      <span aria-hidden>{copied ? strings.copied : strings.copy}</span>
    </button>
  );
}

interface CodeProps extends CodeBlockProps {
  readonly growing: boolean;
}

function WholeCode({ code, language, growing }: CodeProps) {
  const { html, rest } = useHighlighted(code, language.toLowerCase(), growing);
  if (html === undefined) return <code>{code}</code>;
  return (
    <code>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by highlight.js, which escapes the code */}
      <span dangerouslySetInnerHTML={{ __html: html }} />
      {rest}
    </code>
  );
}

function SlicedCode({ code, language, growing }: CodeProps) {
  const slices = slicesOf(code);
  return (
    <code>
      {slices.map((slice, i) => {
        const last = i === slices.length - 1;
        const props = { code: slice, language: language.toLowerCase(), growing: growing && last };
        // biome-ignore lint/suspicious/noArrayIndexKey: a slice keeps its place while the code grows
        return <CodeSlice key={i} {...props} />;
      })}
    </code>
  );
}
