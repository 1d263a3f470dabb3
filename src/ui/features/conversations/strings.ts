/** What the list of conversations says. Part of the first load. */
export const bough = 'Bough';
export const conversations = 'Conversations';
export const hide = 'Hide conversations';
export const all = 'All conversations';
export const newChat = 'New chat';
export const newChatKey = (key: string) => `New chat (${key})`;
export const archived = 'Archived';

export const couldNotLoad = 'The conversations could not be loaded.';
export const tryAgain = 'Try again';
export const nothingArchived =
  'Nothing is archived. Archived conversations leave the list and are kept here.';
export const none = 'No conversations yet.';
export const noneWriteFirst = 'No conversations yet. Write a message to start the first.';
export const noneContains = (words: string) => `No title contains “${words}”.`;
export const filter = 'Filter by title';
export const loading = 'Loading conversations';
export const today = 'Today';
export const yesterday = 'Yesterday';
export const lastWeek = 'Previous 7 days';
export const title = 'Title';
export const asksYou = ', asks you';
export const replying = ', replying';
export const moreOf = (title: string) => `More actions for ${title}`;
export const more = 'More actions';
