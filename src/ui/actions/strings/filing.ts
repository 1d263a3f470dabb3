/** What is said about many conversations at a time, what is pinned, and folders of conversations. */
import { amountText, numberText as n } from '../../components/amount-text.ts';

const chats = (count: number) => amountText(count, 'chat');
/** One by its title, more by their number. */
const them = (title: string | undefined, count: number) =>
  title === undefined ? chats(count) : `“${title}”`;

export const pin = 'Pin';
export const unpin = 'Unpin';
export const pinThis = 'Pin this chat';
export const unpinThis = 'Unpin this chat';
export const pinned = (title: string | undefined, count = 1) => `Pinned ${them(title, count)}.`;
export const unpinned = (title: string | undefined, count = 1) => `Unpinned ${them(title, count)}.`;
export const move = 'Move to a folder…';
export const moveThis = 'Move this chat to a folder';
export const movedTo = (title: string | undefined, count: number, folder: string) =>
  `Moved ${them(title, count)} to “${folder}”.`;
export const movedOut = (title: string | undefined, count: number) =>
  title === undefined ? `Took ${chats(count)} out of their folders.` : `Took “${title}” out of its folder.`;
export const archived = (title: string | undefined, count: number) => `Archived ${them(title, count)}.`;
export const restored = (title: string | undefined, count: number) =>
  title === undefined ? `${chats(count)} are back in the list.` : `“${title}” is back in the list.`;
export const removed = (title: string | undefined, count: number) => `Deleted ${them(title, count)}.`;
export const refused = (count: number, why: string) =>
  count === 1 ? `1 could not be: ${why}` : `${n(count)} could not be: ${why}`;
export const stopped = 'Stopped before the others.';

/** In answer to a key that changes something, and in place of what does. */
export const signedInToRead = 'You are signed in to read.';

export const newFolder = 'New folder';
export const selectChats = 'Select chats';
/** In the palette, where nothing else says what is sorted. */
export const sortBy = {
  used: 'Sort chats by last use',
  made: 'Sort chats newest first',
  title: 'Sort chats by title',
} as const;
export const isSorted = 'The list is in this order.';
export const rename = 'Rename';
export const removeFolder = 'Remove the folder';
/** What comes of it. */
export const chatsStay = 'its chats stay';
export const made = (name: string) => `Made the folder “${name}”.`;
export const renamedFolder = (name: string) => `Renamed the folder to “${name}”.`;
export const removedFolder = (name: string) => `Removed the folder “${name}”. Its chats are in the list.`;
export const nameTaken = (name: string) => `There is a folder “${name}” already.`;
