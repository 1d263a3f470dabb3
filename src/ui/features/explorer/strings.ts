/** What the tree of a conversation says: on cards, in the outline, on the bars around it and on the canvas. */

import type { ChangedLines } from '../../../tree/index.ts';
import { back as backToBefore } from '../../actions/strings/pages.ts';
import { amountText } from '../../components/amount-text.ts';

export { fit, nextGoesHere } from '../../actions/strings/pages.ts';
export { backToBefore };

export const tree = 'Conversation tree';
export const nothingYet = 'Your messages grow into a tree here.';
export const loadingMessage = 'Loading the message';
export const outline = 'Outline';
export const minimap = 'Minimap';
export const newChat = 'New chat';
export const more = 'More';

export const linesChanged = ({ added, removed }: ChangedLines) => `+${added} −${removed}`;
export const filesChanged = (lines: ChangedLines) =>
  `${amountText(lines.files, 'file')} changed since the fork, ${linesChanged(lines)}`;
export const turns = (count: number) => amountText(count, 'turn');
export const hits = (count: number) => amountText(count, 'hit');
export const replies = (count: number) => amountText(count, 'reply', 'replies');
export const branches = (count: number) => amountText(count, 'branch', 'branches');
export const agoIn = {
  y: (n: number) => `${n} y ago`,
  mo: (n: number) => `${n} mo ago`,
  d: (n: number) => `${n} d ago`,
  h: (n: number) => `${n} h ago`,
  min: (n: number) => `${n} min ago`,
};
export const justNow = 'now';

export const reading = 'Reading';
/** Where there is little room for `nextGoesHere`. */
export const nextHere = 'You write here';
export const youWereHere = 'You were here';
export const wasHere = 'Was here';
export const live = 'Live';
export const liveSeveral = (count: number) => `${count} live`;
export const asksYou = 'Asks you';
export const asks = (what: string) => `Asks you: ${what}`;
export const versionOf = (n: number, of: number) => `Version ${n} of ${of}`;
export const branchOf = (n: number, of: number) => `Branch ${n} of ${of}`;

export const stopped = 'Stopped';
export const failed = 'Failed';
export const interrupted = 'Interrupted';
export const starred = 'Starred';
export const summaryFollows = (messages: number, words: number) =>
  `Summary of ${amountText(messages, 'message')}, ${amountText(words, 'word')}, after this`;
export const rowSummary = 'a summary follows';
export const legendSummary = 'summary';
export const promptBegins = 'A system prompt begins here';
export const isNew = 'New';
export const isNewMeans = 'Added since you last looked at the tree';
export const reply = 'Reply';
export const noReply = 'No reply';
export const noReplyAsked = 'No reply was requested';
export const noWords = 'A reply without words';
export const stoppedEarly = 'Stopped before the first word';
export const interruptedEarly = 'Interrupted before the first word';
export const replyFailed = 'The reply failed';
export const thinking = 'Thinking…';
export const beginningWith = (amount: string) => `${amount}, beginning with`;
export const replyOf = (n: number, of: number, live: boolean) =>
  `Reply ${n} of ${of}${live ? ', being written' : ''}`;
export const allReplies = (count: number, live: number) =>
  `All ${count} replies${live > 0 ? `, ${live} being written` : ''}`;
export const beingWritten = 'being written';
export const hasReplies = 'continues';
export const branchesList = 'Branches';
export const versionsList = 'Versions';
export const showBranches = (count: number) => `${branches(count)} continue from here: show them`;
export const showAll = (what: string) => `${what}: show all`;
export const previousVersion = 'Previous version';
export const nextVersion = 'Next version';
export const withoutWords = 'Without words';
export const nowWritten = 'Being written';

export const rowReply = (n: number) => `reply ${n}`;
export const rowFromReply = (n: number) => `from reply ${n}`;
export const rowVersion = (n: number) => `version ${n}`;
export const rowBranch = (n: number) => `branch ${n}`;
export const rowABranch = 'branch';
export const rowVersionOf = (n: number, of: number) => `version ${n} of ${of}`;
export const rowBranchOf = (n: number, of: number) => `branch ${n} of ${of}`;
export const rowLive = 'live';
export const rowLabel = (label: string) => `label ${label}`;
export const rowStarred = 'starred';
export const rowAside = 'aside';
export const rowFaded = 'just hidden';
export const rowHidden = (count: number) => `${count} hidden`;
export const rowAsks = 'asks you';
export const rowReading = 'reading';
export const rowNext = 'your next message goes here';
export const rowSelected = 'selected';
export const moreHidden = (count: number) => `+${count} hidden`;
export const amongFolded = (count: number) => `among ${count} folded turns`;
export const amongBranches = (turnCount: number, branchCount: number) =>
  `among ${turns(turnCount)} · ${branches(branchCount)}`;
export const inBranchOf = (amount: string) => `in a branch of ${amount}`;

export const onYourPath = 'on your path';
/** @param up how many turns up, 0: not said */
export const branchedAt = (up: number, words: string) =>
  `branched${up > 0 ? ` ${turns(up)} up,` : ''} at “${words}”`;
export const forksAndLive = 'Forks and live replies';
/** Where somebody is among forks: at this one, below it (and above the next), or above the first. */
export type BesideFork = 'at' | 'above' | 'below';
export const forkOf = (where: BesideFork, n: number, of: number) =>
  ({ at: `Fork ${n} of ${of}`, below: `Below fork ${n} of ${of}`, above: `Above fork ${n} of ${of}` })[where];
export const forkOfShort = (where: BesideFork, n: number, of: number) =>
  where === 'at' ? forkOf(where, n, of) : `${where === 'below' ? 'Below' : 'Above'} ${n} of ${of}`;
/** Where there is no room for words. */
export const forkOfSign = (where: BesideFork, n: number, of: number) =>
  `${{ at: '', below: '↓', above: '↑' }[where]}${n}/${of}`;
export const showFork = (n: number, of: number) => `Show fork ${n} of ${of} on your path`;
export const branchesOfFork = (n: number, of: number) => `Branches of fork ${n} of ${of}`;
export const noForks = 'No forks';
export const noForksShort = 'None';
export const noForksMeans = 'This conversation has no other branches';
export const forkAbove = 'Fork above';
export const forkBelow = 'Fork below';
export const otherBranches = 'Other branches';
export const noneWritten = 'No reply is being written';
export const repliesWritten = 'Replies being written';
export const aReply = 'A reply';
/** @param count how many, 0: not said */
export const endedJustNow = (count: number, how: string) =>
  `${count > 0 ? `${count} ` : ''}${ENDED.get(how) ?? 'done'} just now`;
const ENDED = new Map(['stopped', 'failed', 'interrupted'].map((how) => [how, how]));
export const back = 'Back';
export const backTo = (words: string) => `Back to “${words}”`;
export const backNowhere = `${backToBefore}: you have not jumped yet`;

export const centre = 'Centre on where I am';
export const centreNext = 'Centre on where I write next';
export const showNext = 'Show where your next message will go';
export const far = 'Far: all branches';
export const middle = 'Middle: questions';
export const near = 'Near: whole cards';
export const whereIAm = 'Where I am';
export const whereNext = 'Where I write next';
export const wholeTree = 'Whole tree';
export const allInSight = 'All of it is in sight';
export const zoomOut = 'Zoom out';
export const zoomIn = 'Zoom in';
export const noFurther = { in: 'As near as it goes', out: allInSight } as const;
export const unfold = 'Unfold everything';
export const foldAgain = 'Fold again';
export const whatMarksMean = 'What the marks mean';
export const legend = 'Legend';
export const legendPath = 'your path';
export const legendOthers = 'other branches';
export const legendFolded = 'folded';
export const legendFork = 'fork';
export const legendLive = 'live';
export const legendLabelled = 'labelled';
export const selected = 'Selected';
export const selectedCount = (count: number) => `${count} selected`;
export const clearSelection = 'Clear selection';
