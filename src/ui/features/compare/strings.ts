/** What comparing branches says. */
export const compare = 'Compare';
export const branch = 'Branch';
export const what = 'What is compared';
export const messages = 'Messages';
export const files = 'Files';
export const branchOf = (n: number) => `Branch ${n}`;
export const continueThis = 'Continue this one';
export const messagesOf = (n: number) => `Messages of branch ${n}`;
export const nothingOwn = 'No messages of its own: the other branch continues from here.';
export const beingWritten = 'Being written…';
export const loading = 'Loading the message';
export const you = 'You';
export const editedByYou = 'Edited by you';
export const tokens = (count: number) => `${count} tokens`;
export const wordless = 'Ended without words';
