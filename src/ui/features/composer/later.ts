/** What the thread says in the composer's words; nothing of it is in the first load. */
export { refusedImageText } from './composer-note.tsx';
