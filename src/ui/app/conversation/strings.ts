/** What a conversation's page says around its messages and its tree. */
export const loadingMessages = 'Loading messages';
export const noMessages = 'No messages yet.';
export const couldNotLoad = 'This conversation could not be loaded.';
export const tryAgain = 'Try again';
export const notKept = 'This chat is not kept in this browser: it can be read once Bough is back.';
export const notKeptUnknown =
  'No chat with this address is kept in this browser. Whether there is one can be told once Bough is back.';
export const keptAt = (when: string) => `As kept here at ${when}`;
export const keptOn = (when: string) => `As kept here on ${when}`;
export { notFound } from '../strings-later.ts';

export const isArchived = 'Archived: not in the list of conversations.';
export const restore = 'Restore';
export const linkLost =
  'This conversation has no such message: the link may be cut off or mistyped. This is where you last were.';
export const close = 'Close';
export const isHidden = 'This branch is hidden. It disappears from the tree when you leave it.';
export const cameSecond = 'Another message came first. Yours is kept on its own branch.';
export const showOther = 'Show the other';

export const showTree = 'Show the tree beside the chat';
export const notNow = 'Not now';
export const renameTip = 'Rename';
export const tools = 'Tools';
export const panes = 'Panes';
export const chat = 'Chat';
export const split = 'Split';
export const tree = 'Tree';
export const widthOfChat = 'Width of the chat';
