/** What formats text: loaded when there is some. */
export { FormattedText } from './formatted-text.tsx';
export { warmUp } from './render-block.ts';
