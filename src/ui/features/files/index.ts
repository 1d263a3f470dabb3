/** What the first load needs; the rest comes with the first file. */
export { AttachButton } from './attach-button.tsx';
export { Attachments } from './attachments.tsx';
export { sizeText } from './size-text.ts';
export { useAttach } from './use-attach.ts';
