/** What is said about a person's own prompts and the default system prompt. */

export const prompts = 'Prompts';
export const yourPrompts = 'Your prompts';
export const noneMeans = 'None yet. Save a text you use often, and insert it here by its name.';
export const noneKept =
  'No prompts yet. Save a text you use often: a slash in the message box then offers it by its name.';
export const addFirst = 'Add a prompt…';
export const manage = 'Add or change prompts…';
export const loading = 'Loading your prompts';
export const howTo = 'Type / in the message box to insert one.';
export const search = 'Search prompts';
export const noneFound = 'No prompt has that name';

export const add = 'Add a prompt';
export const edit = 'Edit';
export const editOf = (name: string) => `Edit “${name}”`;
export const remove = 'Delete';
export const removeOf = (name: string) => `Delete “${name}”`;
export const removed = (name: string) => `“${name}” deleted`;
export const undo = 'Undo';

export const name = 'Name';
export const text = 'Text';
export const textExample = 'Review this text for …';
export const save = 'Save';
export const cancel = 'Cancel';
export const saved = (name: string) => `“${name}” saved`;
export const needsName = 'Give it a name.';
export const needsText = 'Write what it says.';

export const defaultPrompt = 'Default system prompt';
export const defaultMeans = 'New chats begin with it; existing chats do not change.';
export { howToBehave as defaultExample } from '../../actions/strings/pages.ts';
export const defaultSaved = 'Default system prompt saved';
export const defaultRemoved = 'New chats begin without a system prompt';
