/** What is said about a conversation of the list and what can be done with it. */
const untitled = 'Untitled chat';
/** What a conversation is called on the page; one that nothing was said in has no title yet. */
export const titleOf = ({ title }: { readonly title: { readonly text: string } }): string =>
  title.text || untitled;
export const waitsForBough = 'Not now: Bough cannot be reached.';
export const rename = 'Rename';
export const renameThis = 'Rename this chat';
export const restore = 'Restore';
export const restoreThis = 'Restore this chat to the list';
export const renamed = (was: string, title: string) => `Renamed “${was}” to “${title}”.`;
export const exportChat = 'Export';
export const exportThis = 'Export this chat';
export const archive = 'Archive';
export const archiveThis = 'Archive this chat';
export const archived = (title: string) => `Archived “${title}”.`;
export const remove = 'Delete';
export const removeThis = 'Delete this chat';
export const removed = (title: string) => `Deleted “${title}”.`;
export const isBack = (title: string) => `“${title}” is back in the list.`;
