/** What the rows of the list say, and what stands over them. Loaded beside the first load. */
import { amountText } from '../../components/amount-text.ts';

export const couldNotLoad = 'The conversations could not be loaded.';
export const tryAgain = 'Try again';
export const nothingArchived =
  'Nothing is archived. Archived conversations leave the list and are kept here.';
export const none = 'No conversations yet.';
export const noneWriteFirst = 'No conversations yet. Write a message to start the first.';
export const noneContains = (words: string) => `No title and no folder contains “${words}”.`;
export const filter = 'Filter by title or folder';
export const pinned = 'Pinned';
export const folders = 'Folders';
export const others = 'Other chats';
export const today = 'Today';
export const yesterday = 'Yesterday';
export const lastWeek = 'Previous 7 days';
export const title = 'Title';
export const asksYou = ', asks you';
export const waits = ', sent once Bough is back';
export const replying = ', replying';
export const moreOf = (title: string) => `More actions for ${title}`;
export const more = 'More actions';
/** Of a pinned chat: said after its title. */
export const inFolder = (folder: string) => `, in ${folder}`;
export const folderName = 'Name of the folder';
export const chats = (count: number) => amountText(count, 'chat');
export const select = (title: string) => `Select ${title}`;
export const selected = ', selected';
