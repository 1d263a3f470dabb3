/** The files of a message: nothing of them is in the first load. */
export { MessageFiles } from './message-files.tsx';
