/** What is said about asides. */
export { hides, stillWritten } from './messages.ts';
export const askAside = 'Ask aside';
export const effect = 'aside: the conversation does not see it';
export const bringForward = 'Bring forward';
export const intoConversation = 'into the message box of the conversation';
export const keep = 'Keep as a branch';
export const keepEffect = 'new branch';
export const kept = (words: string) => `Kept as a branch: “${words}”`;
export const drop = 'Drop';
export const dropped = (words: string) => `Aside dropped: “${words}”`;
