/** Nothing of this is in the first load: the files of a message, the place for dropped ones. */
export { type DropProps, DropTarget } from './drop-target.tsx';
export { MessageFiles } from './message-files.tsx';
