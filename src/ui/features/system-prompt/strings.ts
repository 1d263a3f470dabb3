/** What is said about system prompts. */
import { amountText } from '../../components/amount-text.ts';

export const systemPrompt = 'System prompt';
export const loading = 'Loading the system prompt';
export const comesFirst = (where: string) => `The model reads it before the messages. ${where}`;
export { howToBehave as placeholder } from '../../actions/strings/pages.ts';
export const unsaved = 'Not saved yet.';
export const discard = 'Discard it';
export const backToSaved = 'Back to the saved one';
export const remove = 'Remove';
export const cancel = 'Cancel';
export const save = 'Save';
export const saveKey = (key: string) => `Save (${key})`;

export const wholeChat = 'Applies to the whole chat, until you change it.';
export const fromNextMessage = "Applies from your next message; earlier replies don't change";
export const insteadOf = (words: string) => `in place of “${words}”`;
export const fromBeginning = 'from the beginning';
export const after = (words: string) => `after “${words}”`;
interface NewBranch {
  /** Where it begins, as the functions above say it. */
  readonly where: string;
  /** How many messages stay on the branch there was. */
  readonly kept: number;
  /** The message that stood there goes back into the message box. */
  readonly again: boolean;
}

export const onNewBranch = ({ where, kept, again }: NewBranch) =>
  `Applies on a new branch ${where}${kept > 0 ? `; the other branch keeps its ${amountText(kept, 'message')}` : ''}.${again ? ' Your message goes back to the message box, to be sent again.' : ''}`;
export { nothingToSave } from '../../actions/strings/messages.ts';
export const unchanged = 'Nothing changed, so there is nothing to save.';

export const couldNotSave = 'The system prompt could not be saved.';
export const afterFile = 'A file is still uploading. The prompt is saved after it.';
export const afterMessage = 'Your last message is still being sent. The prompt is saved after it.';
export const afterReply = 'A reply is being written. The prompt is saved when it finishes.';
export const saved = 'System prompt saved';
export const removed = 'System prompt removed';

export const inForce = (words: string) => `System prompt: ${words}`;
export const changeIt = 'View or change it';
export const notInThisChat = 'Not in this chat';
export const noneInThisChat = 'This chat begins without your default system prompt.';
export const useDefault = 'Use it';
export const promptsAndDefault = 'Default for new chats…';
