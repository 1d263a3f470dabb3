/** What is said around the messages of a conversation. */
import { amountText, numberText } from '../../components/amount-text.ts';

export const messages = 'Messages';
export const you = 'You';
export const assistant = 'Assistant';
export const systemPrompt = 'System prompt';
export const messageOf = (name: string, position: number) => `${name}, message ${position}`;
export const yourMessage = (position: number) => `You, message ${position}`;
export const assistantMessage = (position: number) => `Assistant, message ${position}`;
export const restIsComing = (above: number) =>
  `Loading ${above === 0 ? '' : `${amountText(above, 'earlier message')} and `}the tree`;
export const jumpToLatest = 'Jump to latest';

export const forksOnPath = 'Forks on this path';
export const forksAbove = 'Forks above';
export const upTo = (words: string, n: number, of: number) => `Up to “${words}”, ${n} of ${of}`;
export const upToTip = 'Scroll up to this fork';
export const forksTip = (count: number) =>
  `${amountText(count, 'fork')} on this path: choose one to scroll to`;
export const beingWritten = 'being written';
export const endedWithoutWord = 'ended without a word';

export const view = 'View';
export const noReplyYet = 'No reply yet';
export const askForReply = 'Ask for a reply';
export const anotherVersion = 'another version';
export const versionNumber = (n: number) => `version ${n}`;
export const branchNumber = (n: number) => `branch ${n}`;
/** @param where "version 1" */
export const continueOn = (messages: number, where: string) =>
  `${amountText(messages, 'message')} ${messages === 1 ? 'continues' : 'continue'} on ${where}`;

export const cameSecond = 'Another message had come first. This one is on a branch of its own.';
export const showFirst = 'Show the first';

export const sending = 'Sending…';
export const slowToSend = 'Sending… Bough or its storage is slow to answer. Nothing is lost.';
export const waiting = 'Waiting for the connection';
export const isKept = 'This message is kept, and sent as soon as possible.';
export const chooseOtherWay = 'Choose another way';
export const couldNotSend = 'This message could not be sent.';
export { leaveOutOldest } from '../../actions/strings/messages.ts';
export const anotherModel = 'Another model';
export const tryAgain = 'Try again';
export const continueReply = 'Continue';
export const backToComposer = 'Back to the message box';
export const backToEditor = 'Back to the editor';

export const notKeptOlder =
  'Older messages were not kept in this browser. They can be read once Bough is back.';
export const notKeptHere =
  'These messages were not kept in this browser. They can be read once Bough is back.';
export const asFarAsKept = 'As far as it was kept in this browser. The rest can be read once Bough is back.';
export const wordsNotKept = 'Its words were not kept in this browser. They can be read once Bough is back.';

export const replying = 'Replying';
export const asksYou = 'Asks you:';
export const noPrompt = 'No system prompt from here on';
export const changePrompt = 'Change the system prompt';
export const promptBegins = 'System prompt:';
export const loading = 'Loading…';

export const selectedWords = 'Selected words';
export const quotedFrom = (name: string) => `Quoted from ${name}`;
export const summaryFrom = (name: string) => `Summary by ${name}`;
export const yourself = 'you';
export const goToSource = 'Go to the source';
export const openSource = 'Open the source in its chat';
export const sourceGone = 'The message it was quoted from is not here any more.';
export const asides = (count: number) => amountText(count, 'aside');
export const asideGoes = (days: number) =>
  days <= 0 ? 'one goes today' : days === 1 ? 'one goes tomorrow' : `one goes in ${days} days`;
export const quotedIn = (words: string) => `Quoted in “${words}”`;

export const cannotShow = (what: string) => `Something this version of Bough cannot show: ${what}`;
export const thinking = 'Thinking…';
export const thought = 'Thought';
export const thoughtFor = (seconds: number) => `Thought for ${seconds} s`;
export const using = 'Using';
export const used = 'Used';
export const failedToUse = 'Failed to use';
/** What is looked for, in what is folded; 100: so many or more. */
export const hitsIn = (count: number) => (count === 1 ? '1 hit' : `${count < 100 ? count : '99+'} hits`);
export const input = 'Input';
export const output = 'Output';
export const error = 'Error';
export const rows = (count: number) => amountText(count, 'row');
export const showAllRows = (count: number) => `Show all ${rows(count)}`;

export const summary = 'Summary';
export const summarisedForIt = 'Earlier messages were summarised for this';
export const summarise = 'Summarise earlier messages';
export const more = 'More';
export const details = 'Details:';
export const keepAsAnswer = 'Keep as the answer';
export const keepMakes = 'Makes a version of its thoughts';
export const noReply = (why: string) => `No reply: ${why}`;
export const wasEmpty = 'it was empty.';
export const demo = 'Demo';
export const demoBadge = 'Demo · not an AI';
export const asked = (instruction: string) => `Asked: “${instruction}”`;
export const editedByYou = 'edited by you';
export const continued = 'continued';
export const continuedFromCut = 'continued from your cut';
export const olderLeftOut = (window: number) =>
  `The model reads ${amountText(window, 'token')}: older messages were left out`;
export const readLast = (read: number, of: number) =>
  read === 1 ? `read only the last of ${of} messages` : `read the last ${read} of ${of} messages`;
export const showLess = 'Show less';
export const showMore = 'Show more';

export const versions = 'Versions';
export const previousVersion = 'Previous version';
export const nextVersion = 'Next version';
export const versionOf = (n: number, of: number) => `Version ${n} of ${of}`;
export const branches = 'Branches';
export const showAll = (name: string) => `${name}: show all`;
export const messagesIn = (count: number) => amountText(count, 'message');
export const branchOf = (n: number, of: number) => `Branch ${n} of ${of}`;
export const hidden = (count: number) => `+${count} hidden`;
export const showHidden = 'Show what is hidden';

export const editMessage = 'Edit message';
export const onlyText = '. It keeps only the text, not reasoning and tools';
export const cancel = 'Cancel';
export const cancelKey = 'Cancel (Esc)';
export const save = 'Save';
export const saveKey = (key: string) => `Save (${key})`;
export const saveOnly = 'Save only';
export const saveOnlyMeans = 'Saves the version without asking for a reply';
export const saveAndSend = 'Save & send';
export const saveAndSendMeans = (key: string) => `Saves the version and asks for a reply (${key})`;
export { nothingToSave } from '../../actions/strings/messages.ts';
export const unchanged = 'Nothing changed, so there is no new version to save.';
export const notUploaded = (file: string) => `“${file}” is not uploaded yet. Wait for it, or remove it.`;
export const noModel = 'No model to answer. “Save only” keeps your words without a reply.';
export const couldNotSave = 'The version could not be saved. Your words are kept here.';
export const changesDiscarded = 'Changes to the message discarded';

export const stopped = 'Stopped';
export const interrupted = 'Interrupted: Bough stopped before this finished';
export const failed = 'The reply failed.';
export const atLimit = "Cut off at the model's length limit";
export const endedOtherwise = 'Ended in a way this version of Bough cannot show';
export const waitSeconds = (seconds: number) => `Wait ${seconds} s`;
export const waitMinutes = (minutes: number) => `Wait ${minutes} min`;
/** Calls of tools alone are no words. */
const withWords = (words: number | undefined) =>
  words === undefined ? '' : words === 0 ? ', without words' : `, ${amountText(words, 'word')}`;
export const replyEnded = {
  finished: (words?: number) => `Reply finished${withWords(words)}`,
  stopped: (words?: number) => `Reply stopped${withWords(words)}`,
  cut: (words?: number) => `Reply cut off at the model's length limit${withWords(words)}`,
  ended: (words?: number) => `Reply ended${withWords(words)}`,
};
export const tokensOut = (output: number) => `${amountText(output, 'token')} out`;
export const tokensIn = (input: number) => `${amountText(input, 'token')} in`;
export const tokensBoth = (input: number, output: number) =>
  `${amountText(input, 'token')} in, ${numberText(output)} out`;

export const toolOf = (title: string) => `Tool: ${title}`;
export const callStates: Readonly<Record<string, string>> = {
  pending: 'waits',
  in_progress: 'runs',
  completed: 'done',
  failed: 'failed',
};
export const callLeft = 'not finished';
export const plan = 'Plan';
export const stepsDone = (done: number, of: number) => `${done} of ${of} done`;
export const planStates: Readonly<Record<string, string>> = {
  pending: 'to do',
  in_progress: 'under way',
  completed: 'done',
};

export const untitled = 'Untitled chat';
export const preparingPrint = (count: number) => `Preparing ${numberText(count)} messages for print…`;
export const notLoadedForPrint = (count: number) =>
  `${numberText(count)} of these messages were not loaded yet and show only their first words. “Print” in the palette, or Ctrl+P in the chat, loads all of them first.`;

export { nextGoesHere } from '../../actions/strings/pages.ts';
export const toNextHere = 'To where your next message goes';

export const nothingToRead = 'No reply to read yet.';
