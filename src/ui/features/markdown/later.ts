/** What formats text: loaded when there is some. */
export { FormattedText } from './formatted-text.tsx';
