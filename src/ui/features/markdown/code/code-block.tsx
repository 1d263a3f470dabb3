import { Check, Copy } from 'lucide-react';
import { useContext } from 'react';
import { Growing } from '../blocks/growing.ts';
import * as strings from '../strings.ts';
import { CodeSlice, slicesOf, WHOLE } from './code-slice.tsx';
import { useCopied } from './use-copied.ts';
import { useHighlighted } from './use-highlighted.ts';

interface CodeBlockProps {
  readonly code: string;
  /** As the fence names it; empty if it does not. */
  readonly language: string;
}

/** A block of code: its language, a way to copy it, colours once the highlighter is there. Long lines scroll. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const growing = useContext(Growing);
  return (
    <figure
      dir="ltr"
      className="md-code"
      aria-label={language === '' ? strings.code : strings.codeIn(language)}
    >
      <div className="md-code-head">
        <span className="md-code-language">{language === '' ? 'text' : language}</span>
        <CopyCode code={code} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {code.length > WHOLE ? (
          <SlicedCode code={code} language={language} growing={growing} />
        ) : (
          <WholeCode code={code} language={language} growing={growing} />
        )}
      </pre>
    </figure>
  );
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
