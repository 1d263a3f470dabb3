/** Nothing of this is in the first load: the files of a message. */
export { MessageFiles } from './message-files.tsx';
