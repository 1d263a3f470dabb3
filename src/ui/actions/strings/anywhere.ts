/** What the actions that act anywhere are called and say. Part of the first load. */
export const palette = 'Search chats and actions';
export const find = 'Find in this conversation';
export const findEverywhere = 'Find in all chats';
export const shortcuts = 'Keyboard shortcuts';
export const newChat = 'New chat';
export const print = 'Print';
export const undo = 'Undo';
export const nothingToUndo = 'Nothing to undo.';
export const redo = 'Redo';
export const nothingToRedo = 'Nothing to redo.';
const sentence = (did: string) => (did.endsWith('.') ? did : `${did}.`);
export const undone = (did: string) => `Undone: ${sentence(did)}`;
export const redone = (did: string) => `Redone: ${sentence(did)}`;
export const changedSince = 'What was changed since then stays as it is.';
export const nothingLeft = (did: string) =>
  `Nothing left to undo, it was changed since then: ${sentence(did)}`;
export const nothingLeftToRedo = (did: string) =>
  `Nothing left to redo, it was changed since then: ${sentence(did)}`;
