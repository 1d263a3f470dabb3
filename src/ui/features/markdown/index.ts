/** Text of models, formatted and safe. Light by itself: what formats, colours and typesets is loaded when it is needed. */

export { AtOnce } from './blocks/at-once.ts';
export { useCopied } from './code/use-copied.ts';
export { plainTextIn, textInRange } from './formulas/copy-formulas.ts';
export { loadMarkdown, Markdown, preloadMarkdown } from './markdown.tsx';
export { PlainText } from './plain-text.tsx';
export { beforeReformatting } from './steady/reformatting.ts';
