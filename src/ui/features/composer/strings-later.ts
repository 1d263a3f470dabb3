/** What is said above the message box. */
import { amountText, numberText } from '../../components/amount-text.ts';

export const folder = 'Folder';
export const continueSession = 'Continue a session';
export const folderIs = 'Folder:';
export const folderExample = '/home/you/project';
export const areWritten = (replies: number) => `${amountText(replies, 'reply', 'replies')} are being written`;
export const stopAll = 'Stop all';

export const askSeveral = 'Ask several';
export const asksSeveral = 'Ask several: up to 8 replies to this message, side by side';
export const askSeveralNeedsWords = 'Write a message first, then ask several models';
export const quotes = 'Quotes';
export const quoteBy = (name: string) => `${name}:`;
export const you = 'You';
export const removeQuote = (words: string) => `Remove the quote “${words}”`;
export const quoteRemoved = 'Quote removed';

export const insert = 'Insert';
export const loading = 'Loading';
export const slashChoices = (count: number) => amountText(count, 'entry', 'entries');

export const queue = 'Queued messages';
export const sendNow = 'Send now';
export const stopAndSend = 'Stop and send';
export const edit = 'Edit';
export const editOf = (words: string) => `Edit “${words}”`;
export const remove = 'Remove';
export const removeOf = (words: string) => `Remove “${words}” from the queue`;
export const removed = 'Removed from the queue';
export const afterOneAbove = 'Sends after the one above';
export const connectionLost = 'Connection lost. The reply may still be running. Sends when it is done';
export const whenDone = 'Sends when this reply is done';
export const whenOtherDone = 'Sends when the reply on another branch is done';
export const beforeTakenBack = 'Not sent: the message before it was withdrawn';
export const beforeStopped = 'Not sent: the reply before it was stopped';
export const beforeInterrupted = 'Not sent: the reply before it was interrupted';
export const beforeFailed = 'Not sent: the reply before it failed';

/** Said once; `isForFile`: a file can hold it. */
export const tooLong = (isForFile: boolean) =>
  isForFile
    ? 'The message is too long to send. Shorten it, or attach it as a file. Nothing was cut off.'
    : 'The message is too long to send, for a file too. Shorten it, or attach it as several files. Nothing was cut off.';
export const tooLongBy = (characters: number, most: number) =>
  `${amountText(characters, 'character')} too many: a message can have ${numberText(most)}. Shorten it, or attach it as a file. Nothing was cut off.`;
/** `file`: the size a text file can have. */
export const tooLongForAll = (most: number, file: string) =>
  `Too long for a message (${numberText(most)} characters) and for a text file (${file}). Shorten it, or attach it as several files. Nothing was cut off.`;
export const charactersLeft = (characters: number) => `${amountText(characters, 'character')} left.`;
export const tryAgain = 'Try again';
export const afterMessage = 'Your last message is still being sent. This one follows it.';
export const stillLoading = 'Still loading. Your message is sent when that is done.';
export const afterFile = 'A file is still uploading. Your message is sent when it is done.';
export const notUploaded = (file: string) => `“${file}” could not be attached. Remove it to send without it.`;
export const noImages = (model: string) =>
  `${model} takes no images. Choose another model below, or remove the image.`;
export const noAudio = (model: string) =>
  `${model} takes no audio. Choose another model below, or remove the audio file.`;
export const largeImage = (file: string, size: string, model: string, most: string) =>
  `“${file}” has ${size}; ${model} takes at most ${most} per image. Attach a smaller one, remove it, or choose another model below.`;
export const modelsNotLoaded = 'The models could not be loaded. Your text is kept here.';
export const modelGone = (model: string) =>
  `${model} is not available. Choose another model below; your text is kept here.`;
export const answersInstead = (wanted: string, model: string) =>
  `${wanted} is not available here. ${model} answers from here on.`;
export const readyToSend = 'Ready to send';

export const readOnly =
  'You are signed in to read. To write here, ask the owner of this Bough for another access token.';
export { signInOtherwise } from '../../actions/strings/pages.ts';
export const newBranchAfter = (words: string) => `New branch after “${words}”`;
export const cancel = 'Cancel';
export const cancelMeans = 'Cancel (Esc): send to the end again';

export const asksNotice = 'A reply asks you';
