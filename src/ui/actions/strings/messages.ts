/** What is said about messages and what can be done with them. */
import { amountText } from '../../components/amount-text.ts';

const messages = (count: number) => amountText(count, 'message');

export const groupGo = 'Go';
export const groupWrite = 'Write';
export const groupMark = 'Mark';
export const groupRemove = 'Remove';

export const aReply = 'a reply';
export const go = 'Go there';
export const replyAtEnd = 'Reply at the end of this branch';
export const filesHere = 'Files here';
export const copy = 'Copy';
export const copied = 'Copied';
export const copyLink = 'Copy link';
export const shareFrom = 'Share from here';
export const exportFrom = 'Export from here';
export const linkCopied = 'Link copied';
export { cannotCopy } from '../../components/strings.ts';
export const nothingToSave = 'Nothing to save. Write something first.';
export const leaveOutOldest = 'Leave out the oldest';
export const compare = 'Compare';
export const compareVersions = 'Compare the versions';
export const onOneBranch =
  'These messages are on one branch. Select messages from different branches to compare.';
export const tooManyToCompare = (most: number) => `You can compare up to ${most} branches at a time.`;
export const details = 'Details';
export const detailsOf = 'Details: who wrote it, tokens, time, cost';
export const fold = 'Fold or unfold in the tree';
export const select = 'Select';
export const selectGesture = 'Shift+click';

export const star = 'Star';
export const unstar = 'Remove star';
export const starred = 'Starred';
export const starredSeveral = (count: number) => `${messages(count)} starred`;
export const unstarred = 'Star removed';
export const label = 'Label';
export const labelAndColour = 'Label and colour';
export const hide = 'Hide';
export const hideBranch = 'Hide this branch';
export const hideBranches = 'Hide these branches';
/** `live`: replies that were being written there. */
export const hidden = (words: string, count: number, live: number) =>
  `Hidden: “${words}”, ${messages(count)}${alsoStopped(live)}`;
export const hiddenSeveral = (branches: number, count: number, live: number) =>
  `Hidden: ${amountText(branches, 'branch', 'branches')}, ${messages(count)}${alsoStopped(live)}`;
const alsoStopped = (live: number) =>
  live === 0
    ? ''
    : live === 1
      ? '. The reply was stopped'
      : `. ${amountText(live, 'reply', 'replies')} stopped`;
export const putAwayCopies = (count: number) => (count === 1 ? 'Put its copy away' : 'Put the copies away');
export const filesToo = 'Files too';
export const hidesAll = 'This would hide the whole conversation. Archive or delete it in the list instead.';
export const restored = (words: string) => `Restored: “${words}”`;
export const restoredSeveral = (branches: number) =>
  `Restored: ${amountText(branches, 'branch', 'branches')}`;
export const rewind = 'Rewind to here';
export const rewound = (words: string, count: number) => `Rewound to “${words}”, ${messages(count)} hidden`;
export const hides = (count: number) => `hides ${messages(count)}, can be undone`;
export const nothingToHide = 'Nothing follows it.';

export const readSummary = 'Read the summary';
export const summaryAfterReply = 'Wait for the reply that is being written, or stop it.';
export const summaryAfterMessage = 'Wait until the message is sent.';
export const nothingToSummarise = 'There is nothing to summarise yet.';
export const summaryNeedsReply = 'A summary follows a reply. Ask for a reply to the last message first.';

export const sideBySide = 'Show side by side';
export const repliesSideBySide = 'Replies side by side';
export const repliesBeside = (count: number) =>
  `${amountText(count, 'reply', 'replies')} to the same message`;
export const replyOf = (n: number, of: number) => `Reply ${n} of ${of}`;
export const showOne = 'Show one';
export const onPath = 'On your path';
export const continueWith = 'Continue with this one';
export const keepOnly = 'Keep only this one';
export const keepOnlyHides = (others: number) =>
  `Hides the ${amountText(others, 'other reply', 'other replies')}, can be undone`;
export const keptOnly = (words: string, count: number) => `Kept “${words}”, ${messages(count)} hidden`;
export const stopAll = 'Stop all';

export const askSeveral = 'Ask several';
export const severalVersions = 'one to eight new versions, side by side';

export const stop = 'Stop';
export const stopReply = 'Stop the reply';
export const stopKeeps = 'Stop: keeps what is written so far';
export const edit = 'Edit';
export const continueReply = 'Continue';
export const continueFromHere = 'Continue from here';
export const continuesFromHere = 'A new version that begins with the text before the selected words';
export const selectPlace = 'First select words in the reply: it continues in their place.';
export const noPlaceThere = 'Select words of the reply itself.';
export const placeNotFound =
  'This place could not be found in the reply as it was written. Select some words before or after it.';
export const placeAtStart = 'The reply begins there. Regenerate it instead.';
export const regenerate = 'Regenerate';
export const regenerateWith = 'Regenerate with…';
export const regenerateWithTitle = 'Regenerate with';
export const noModel = 'No model to answer. Choose one below the message box.';
export const asks = 'Asks for a reply';
export const asksModel = (model: string) => `Asks ${model} for a reply`;
export const asksAgain = 'Asks for this reply again';
export const asksModelAgain = (model: string) => `Asks ${model} for this reply again`;
export const startsBranch = (kept: number) =>
  `Starts a branch with a reply. This one keeps its ${messages(kept)}`;
export const writingVersions = (count: number) => `Writing ${count} versions`;
export const summarising = 'Earlier messages are being summarised first, so that the model can read this.';
export const cancel = 'Cancel';
export const fork = 'Fork from here';
export const forkStarts = 'Fork from here: your next message starts a new branch';
export const forkAtEnd = 'Fork from here: nothing follows yet, so just write on';
export const nothingFollows = 'Nothing follows this message yet: your next message continues from here.';
export const systemPromptFromHere = 'System prompt from here on';
export const newChatFromHere = 'New chat from here';
export const openChat = 'Open';
export const newChatMade = 'New chat created from this point';

export const newVersion = 'new version';
export const newReply = 'new reply';
export const newBranch = 'new branch';
export const newChat = 'new chat';
export const sameBranch = 'continues this branch';
export const stillWritten = 'It is still being written. Wait until it is finished, or stop it.';
export const endedWordless = 'It ended before its first word. Ask for the reply again.';
export const agentRefused =
  'The agent refused to go on from here. Ask for the reply again, or another agent or model.';
export const agentsDoNotContinue = (agent: string) =>
  `${agent} is an agent and cannot go on from words of a reply. Choose a model, or ask it in a message.`;
export const noReplyToFollow = 'There is no reply to fork after yet. Ask for one first.';
export const beginningMissing =
  'Part of the conversation before this message is missing, so it cannot be continued from here.';

interface NewVersion {
  /** The number that the new one gets, from 1. */
  readonly next: number;
  /** The number of the one it is made of, from 1. */
  readonly of: number;
  /** How many messages follow that one. */
  readonly following: number;
}

const keeps = ({ of, following }: NewVersion) =>
  following === 0 ? '' : `. Version ${of} keeps its ${messages(following)}`;

export const savesAs = (version: NewVersion) => `Saves as version ${version.next}${keeps(version)}`;
export const editSavesAs = (version: NewVersion) => `Edit: saves as version ${version.next}${keeps(version)}`;
export const writesVersion = (version: NewVersion, model: string | undefined) =>
  `Writes version ${version.next}${model ? ` with ${model}` : ''}${keeps(version)}`;
export const continuesAs = (version: NewVersion, model: string | undefined) =>
  `Continue${model ? ` with ${model}` : ''}: version ${version.next} goes on from these words${keeps(version)}`;
