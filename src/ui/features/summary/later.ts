/** Loaded when a summary is shown or written. */
export { QuoteSummary } from './quote-summary.tsx';
export { SummaryDialog } from './summary-dialog.tsx';
export { ReadSummary, SummaryList, SummaryMessage } from './summary-message.tsx';
