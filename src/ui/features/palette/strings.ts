/** What the palette and the sheet of keys say. */
export { palette as search } from '../../actions/strings/anywhere.ts';
export const placeholder = 'A chat, an action, or words from any chat';
export const allResults = (words: string) => `All results for “${words}”`;
export const chatsAndActions = 'Chats and actions';
export const chats = 'Chats';
export const folders = 'Folders';
export const actions = 'Actions';
export const thisMessage = 'Current message';
export const nothing = 'No matching chats or actions';
export const shortcuts = 'Keyboard shortcuts';
export const keysByPlace = 'Keys by where they act';
export const quoteInto = 'Quote into';
export const placeholderInto = 'A chat to quote it in';
export const newChat = 'New chat';
