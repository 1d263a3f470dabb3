/** What is said about folders of conversations and many at a time, beside the list and in dialogs. */
export { newFolder } from '../../actions/strings/filing.ts';
export const folders = 'Folders';
export const noFolder = 'No folder';
export const newFolderCalled = (name: string) => `New folder “${name}”`;
export const folderOrNew = 'A folder, or the name of a new one';
export const nameNew = 'The name of a new folder';
export const typeName = 'Type the name of a new folder.';
export const noFoldersYet = 'There are no folders yet. Type the name of one.';
export const moveOne = (title: string) => `Move “${title}” to a folder`;
export const moveMany = (count: number) => `Move ${count.toLocaleString('en')} chats to a folder`;
export const name = 'Name';
export const howToFill = 'Drag chats to it, or move them by their menus.';
export const make = 'Make the folder';
export const cancel = 'Cancel';

export const listOptions = 'Order and folders';
export const sort = { used: 'Last used', made: 'Newest first', title: 'By title' } as const;
