/** What the first load needs; the rest comes with the first file. */

export { AttachButton } from './attach-button.tsx';
export { Attachments } from './attachments.tsx';
// At once: a file dropped before it is there would take the browser away from the page.
export { DropTarget } from './drop-target.tsx';
export { LONG_PASTE, useAttach } from './use-attach.ts';
