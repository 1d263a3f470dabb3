/** What stands around the list of conversations. Part of the first load. */
export const bough = 'Bough';
export const conversations = 'Conversations';
export const hide = 'Hide conversations';
export const all = 'All conversations';
export const newChat = 'New chat';
export const newChatKey = (key: string) => `New chat (${key})`;
export const archived = 'Archived';
/** Beside it: how many are. */
export const count = (of: number) => of.toLocaleString('en');
export const loading = 'Loading conversations';
