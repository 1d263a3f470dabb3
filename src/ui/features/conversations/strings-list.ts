/** What the rows of the list say, and what stands over them. Loaded beside the first load. */
import { amountText } from '../../components/amount-text.ts';

export const couldNotLoad = 'The conversations could not be loaded.';
export const tryAgain = 'Try again';
export const nothingArchived =
  'Nothing is archived. Archived conversations leave the list and are kept here.';
export const none = 'No conversations yet.';
export const noneWriteFirst = 'No conversations yet. Write a message to start the first.';
/** `archived`: of what is archived; else of the list. */
export const noneContains = (words: string, archived: boolean) =>
  `No title and no folder ${archived ? 'of the archived chats' : 'in this list'} contains “${words}”.`;
/** What also matches, where it is not shown. */
export const matchArchived = (count: number) =>
  `${amountText(count, 'archived chat')} match${count === 1 ? 'es' : ''}`;
export const matchInList = (count: number) =>
  `${amountText(count, 'chat')} in the list match${count === 1 ? 'es' : ''}`;
export const showThem = (count: number) => (count === 1 ? 'Show it' : 'Show them');
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
