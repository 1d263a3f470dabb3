/** Nothing of this is in the first load: the files of a message, and which go of a folder. */
export { FolderDialog } from './folder/folder-dialog.tsx';
export { MessageFiles } from './message-files.tsx';
export { PastedOffer, type PastedOfferProps } from './pasted-offer.tsx';
