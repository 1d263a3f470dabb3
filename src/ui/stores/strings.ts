/** What is announced and offered wherever something is done. Part of the first load. */
export const undo = 'Undo';
export const failed = 'Something went wrong. Try again.';
export const newBranchAfter = (words: string) =>
  `New branch after “${words}”. Nothing is saved until you send.`;
