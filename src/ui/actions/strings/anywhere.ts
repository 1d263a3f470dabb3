/** What the actions that act anywhere are called and say. Part of the first load. */
export const palette = 'Search chats and actions';
export const find = 'Find in this conversation';
export const findEverywhere = 'Find in all chats';
export const settings = 'Settings';
export const shortcuts = 'Keyboard shortcuts';
export const newChat = 'New chat';
export const print = 'Print';
export const undo = 'Undo';
export const redo = 'Redo';
