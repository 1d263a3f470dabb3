/** What stands around the list of conversations. Part of the first load. */
export const bough = 'Bough';
export const conversations = 'Conversations';
export const hide = 'Hide conversations';
export const all = 'All conversations';
export const newChat = 'New chat';
export const newChatKey = (key: string) => `New chat (${key})`;
export const archived = 'Archived';
/** Beside it: how many are. */
export { numberText as count } from '../../components/amount-text.ts';
export const loading = 'Loading conversations';
