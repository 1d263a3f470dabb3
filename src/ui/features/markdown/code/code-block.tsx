import { useContext } from 'react';
import { Growing } from '../blocks/growing.ts';
import { CopyCode } from './copy-code.tsx';
import { useHighlighted } from './use-highlighted.ts';

interface CodeBlockProps {
  readonly code: string;
  /** As the fence names it; empty if it does not. */
  readonly language: string;
}

/** A block of code: its language, a way to copy it, colours once the highlighter is there. Long lines scroll. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const growing = useContext(Growing);
  const { html, rest } = useHighlighted(code, language.toLowerCase(), growing);
  return (
    <figure dir="ltr" className="md-code" aria-label={language === '' ? 'Code' : `Code, ${language}`}>
      <div className="md-code-head">
        <span className="md-code-language">{language === '' ? 'text' : language}</span>
        <CopyCode code={code} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {html === undefined ? (
          <code>{code}</code>
        ) : (
          <code>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by highlight.js, which escapes the code */}
            <span dangerouslySetInnerHTML={{ __html: html }} />
            {rest}
          </code>
        )}
      </pre>
    </figure>
  );
}
