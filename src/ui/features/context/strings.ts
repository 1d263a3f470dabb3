/** What is said about how much a model reads, and what replies took. */
import { amountText, numberText } from '../../components/amount-text.ts';

export const contextAndCost = 'Context and cost';
export const context = (size: string) => `Context: ${size}`;
export const nextQuestion = 'Next question';
export const inTokens = (number: string) => `${number} tokens`;
export const counted = 'Counted by its provider with the last reply.';
export const aboutCounted =
  'Counted by the provider as far as possible; newer messages, your draft and what it did not count are estimated.';
export const leastCounted =
  'Some messages are not loaded and only partly counted. Everything is counted when you send.';
export const modelReads = (model: string) => `${model} reads`;
export const readsUnknown = 'not known: its provider decides, and says when it is too much';
export const keptFree = 'Kept free for the answer';
export const numCtxBefore = (tokens: number) =>
  `${numberText(tokens)}, sent to Ollama with every request. To change it, set`;
export const numCtxAfter = "in the model's Modelfile, or OLLAMA_CONTEXT_LENGTH where Bough is started.";
export const whenLarger = 'When the conversation is larger than that';
export const askFirst = 'Ask me before anything is left out';
export const leaveOut = 'Leave out the oldest messages; the reply says how many were read';

/** @param size "about 1,204" */
export const sizeOf = (size: string, window: number) => `${size} of ${numberText(window)} tokens`;
export const sizeOnly = (size: string) => `${size} tokens; the model's limit is not known`;
export const about = 'about ';
export const atLeast = 'at least ';

export const oldestLeftOut = 'The oldest messages will be left out.';
/** What a model can read, and how much of that its answer needs. */
const limit = (window: number, room: number) =>
  `${numberText(window)}, ${numberText(window - room)} of them kept free for its answer`;
/** @param room tokens of its window, without what is kept free for its answer */
export const readsNewest = (model: string, size: string, window: number, room: number) =>
  `${model} reads only the newest messages: all of them are ${size} tokens, and it can read ${limit(window, room)}.`;
export const messageTooLarge = (size: string, model: string, window: number, room: number) =>
  `This message is too large: ${size} tokens, and ${model} can read ${limit(window, room)}. Shorten it, or choose another model.`;
export const allTooLarge = (size: string, model: string, window: number, room: number) =>
  `This is more than the model can read: ${size} tokens, and ${model} can read ${limit(window, room)}.`;
export const summarise = 'Summarise earlier messages';
export const summariseMeans = 'The model then reads a summary in their place. Nothing is lost.';
export const nearlyFull = (model: string) => `${model} has little room left for this chat.`;
export const byItself = 'Summarise by itself when it is full; the reply it is done for says so';
export const willSummarise = (model: string) =>
  `Earlier messages will be summarised first, so that ${model} can read this.`;
export { leaveOutOldest } from '../../actions/strings/messages.ts';
export const anotherModel = 'Another model';
export const tooLarge = 'Too large for the model';
export const cancel = 'Cancel';

export const details = 'Details of the reply';
export const ownWords = 'A person wrote this.';
export const writtenBy = 'Written by';
export const writtenByDemo = (name: string) => `${name}: no AI`;
export const writtenByModel = (name: string, source: string) => `${name} on ${source}`;
export const writtenOn = 'Written on';
export const model = 'Model';
export const temperature = 'Temperature';
export const modelDefault = 'Model default';
export const messagesRead = 'Messages read';
export const tokensIn = 'Tokens in';
export const tokensOut = 'Tokens out';
export const fromCache = 'from its cache';
export const forThoughts = 'for thoughts';
export const firstWordAfter = 'First word after';
export const finishedAfter = 'Finished after';
export const cost = 'Cost';
export const readLast = (read: number, of: number) => `the last ${numberText(read)} of ${numberText(of)}`;
export const readAll = (of: number) => `all ${numberText(of)}`;
export const inWindow = (read: string, window: number) =>
  `${read}, in a window of ${amountText(window, 'token')}`;
export const byPricesOf = (cost: string, date: string | undefined) => `${cost}, by prices of ${date}`;
export const noTokensCounted = 'not known: no tokens were counted';
export const noPrice = 'not known: no price is known';
export const ofThem = (whole: number, part: number, what: string) =>
  `${numberText(whole)}, ${numberText(part)} of them ${what}`;

export const usedSoFar = "Used so far, by models' replies";
export const replies = 'Replies';
export const thisBranch = 'This branch';
export const wholeConversation = 'Whole conversation';
export const notKnown = 'not known';
export const atLeastCost = (cost: string) => `at least ${cost}`;
