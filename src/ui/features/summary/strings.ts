/** What is said about summaries. */
import { amountText } from '../../components/amount-text.ts';

const messages = (count: number) => amountText(count, 'message');

export const summary = 'Summary';
export const summaryOf = (count: number, words: number) =>
  `Summary of ${messages(count)}, ${amountText(words, 'word')}`;
export const read = 'Read';
export const hideText = 'Hide the text';
export const edit = 'Edit';
export const standsFor = 'What it stands for';
export const loading = 'Loading…';
export const byModel = (name: string) => `Written by ${name}`;
export const byYou = 'Written or edited by you';
export const unasked = 'Made by itself, because the chat was full';
export const onThisBranch = 'Summaries on this branch';

export const intro =
  'From here on the model reads the summary instead of the messages it stands for. They stay in the chat, and branches that leave it above the summary read them as before.';
export const writtenBy = 'Model';
export const noModel = 'None: I write it myself';
export const keep = 'Turns that stay word for word';
const keepText = (keep: number) => {
  if (keep === 0) return 'Nothing before it stays word for word.';
  return keep === 1
    ? 'The last turn stays word for word.'
    : `The last ${amountText(keep, 'turn')} stay word for word.`;
};
export const covers = (count: number, keep: number) => `Stands for ${messages(count)}. ${keepText(keep)}`;
export const write = 'Write the summary';
export const writeAgain = 'Write it again';
export const stop = 'Stop';
export const stopped = 'Stopped. You can edit what came, or have it written again.';
export const reading = 'Reading the messages…';
export const readingPart = (n: number, of: number) => `Reading part ${n} of ${of}…`;
export const writing = 'Writing…';
export const written = (words: number) => `${amountText(words, 'word')} written. Edit them if you like.`;
export const placeholder = 'What the model should know of what was said before';
export const useIt = 'Use it';
export const cancel = 'Cancel';
export const tooEarly = 'The summary is still being written.';
export const empty = 'Write something first, or have it written.';
export const said = 'The model reads the summary from here on.';
export const discarded = 'Summary discarded';
export const followed = 'Messages follow the summary by now, so it stays. Edit it, or branch off above it.';

export const quoteTitle = 'Quote a summary';
export const quoteIntro = (words: string) =>
  `A summary of what was said up to “${words}”, to be quoted in a message of this chat or of another. Nothing is stored before that is sent.`;
export const quoteIt = 'Quote it';
export const quoteInto = 'Quote into…';
export const extent = 'What it covers';
export const branchAlone = (count: number, words: string) =>
  `This branch alone: ${messages(count)} since “${words}”`;
export const allOfIt = (count: number) => `All from the beginning: ${messages(count)}`;
