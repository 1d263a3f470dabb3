/** The messages of a conversation. Loaded apart from the first page (src/ui/app/frame/load-thread.tsx). */

export { SelectionBar } from './list/selection-bar.tsx';
export { ThreadEnd } from './list/thread-end.ts';
export { plainWindow } from './list/thread-windows.ts';
export { useEndEvents } from './list/use-end-events.ts';
export { MessageRow } from './messages/message-row.tsx';
export { DiffPart } from './parts/agent-views.ts';
export { ChangedLinesText } from './parts/changed-lines.tsx';
export { PrintedPath } from './print/printed-path.tsx';
export { type Row, rowsOf } from './rows/rows.ts';
export { type FocusPlace, ThreadContext } from './rows/thread-context.ts';
export { Thread } from './thread.tsx';
