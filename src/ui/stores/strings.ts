/** What is announced and offered wherever something is done. Part of the first load. */
export const undo = 'Undo';
export const failed = 'Something went wrong. Try again.';
/** `title`: empty where it has none. */
export const inChat = (title: string, text: string) =>
  `In ${title === '' ? 'another chat' : `“${title}”`}: ${text}`;
export const newBranchAfter = (words: string) =>
  `New branch after “${words}”. Nothing is saved until you send.`;
