/** Text of models, formatted and safe. Light by itself: what formats, colours and typesets is loaded when it is needed. */
export { Markdown, preloadMarkdown } from './markdown.tsx';
export { PlainText } from './plain-text.tsx';
export { useCopied } from './use-copied.ts';
