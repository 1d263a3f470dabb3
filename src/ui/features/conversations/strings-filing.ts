/** What is said about folders of conversations and many at a time, beside the list and in dialogs. */
import { numberText as n } from '../../components/amount-text.ts';

export { newFolder, selectChats, signedInToRead } from '../../actions/strings/filing.ts';
export const folders = 'Folders';
export const noFolder = 'No folder';
export const newFolderCalled = (name: string) => `New folder “${name}”`;
export const folderOrNew = 'A folder, or the name of a new one';
export const nameNew = 'The name of a new folder';
export const typeName = 'Type the name of a new folder.';
export const noFoldersYet = 'There are no folders yet. Type the name of one.';
export const moveOne = (title: string) => `Move “${title}” to a folder`;
export const moveMany = (count: number) => `Move ${n(count)} chats to a folder`;
export const name = 'Name';
export const howToFill = 'Drag chats to it, or move them by their menus.';
export const make = 'Make the folder';
export const cancel = 'Cancel';

export const listOptions = 'Order and folders';
export const sort = { used: 'Last used', made: 'Newest first', title: 'By title' } as const;

export const chosenChats = 'Selected chats';
export const chosen = (count: number, of: number) => `${n(count)} of ${n(of)} selected`;
export const doneOf = (done: number, of: number) => `${n(done)} of ${n(of)} done`;
export const all = 'All';
export const done = 'Done';
export const stop = 'Stop';
export const archiveThem = 'Archive the selected chats';
export const restoreThem = 'Restore the selected chats';
export const pinThem = 'Pin the selected chats';
export const unpinThem = 'Unpin the selected chats';
export const moveThem = 'Move the selected chats to a folder';
export const exportThem = 'Export the selected chats';
export const deleteThem = 'Delete the selected chats';
