/** What the thread says in the composer's words; nothing of it is in the first load. */
export { DraftQuotes, QueuedMessages } from './composer-later.ts';
export { refusedFileText } from './composer-note.tsx';
