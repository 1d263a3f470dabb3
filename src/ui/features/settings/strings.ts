/** What the page of settings says. */

import type { DataKind } from '../../../protocol/requests/data.ts';
import { findEverywhere } from '../../actions/strings/anywhere.ts';
import { amountText, numberText } from '../../components/amount-text.ts';
import type { SettingsSection } from '../../stores/route.ts';

export { settings } from '../../actions/strings/anywhere.ts';

export { signedInToRead } from '../../actions/strings/filing.ts';
export { signInOtherwise } from '../../actions/strings/pages.ts';
export { settingsSections as names } from '../../actions/strings/settings.ts';
export const all = 'All settings';
export const loading = 'Loading…';

export const about: Readonly<Record<SettingsSection, string>> = {
  models: 'Who answers in new chats, endpoints and their keys',
  agents: 'Agents on the computer of Bough, and their copies of folders',
  prompts: 'Your own prompts, and the system prompt of new chats',
  access: 'Who else can open this Bough: access tokens',
  appearance: 'Light or dark, dates, screen readers',
  chats: 'Order of the list, what is archived, hidden and deleted, import and export',
  data: 'What is kept, where, and how much room it takes',
};
export const forWriters = 'These settings are for those who may change something.';

export const theme = 'Theme';
export const themes = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
export const language = 'Language and dates';
export const english = 'Bough speaks English, the only language so far.';
export const dates = (example: string) =>
  `Dates and times are written as in the region your browser names: ${example}.`;
export const screenReader = 'Screen reader';
export const readReplies = 'Read finished replies';
export const readRepliesMeans =
  'A finished reply is announced; with this its words follow. F8 reads the last one at any time.';

export const listOrder = 'Order of the list';
export const orders = { used: 'Last used', made: 'Newest first', title: 'By title' } as const;
export const inNumbers = 'In numbers';
export const chats = 'Chats in the list';
export const pinned = 'Pinned';
export const folders = 'Folders';
export const archived = 'Archived';
export const showArchived = 'Show archived chats';
export const hiddenBranches = 'Hidden branches';
export const noneHidden = 'No branch is hidden in any chat.';
export const hiddenIn = (branches: number, inChats: number) =>
  `${amountText(branches, 'branch', 'branches')} in ${amountText(inChats, 'chat')}. Nothing of them is lost: each can be viewed and restored in its chat.`;
export const countOf = (branches: number) => amountText(branches, 'hidden branch', 'hidden branches');
export const inArchived = 'archived';
export const untitled = 'Untitled';
export const showAll = (count: number) => `Show all ${numberText(count)}`;
export const counting = (done: number, of: number) =>
  `Counting: ${numberText(done)} of ${amountText(of, 'chat')} read`;
export const deletedChats = 'Deleted chats';
export const deletedAreKept = 'Each is kept for 30 days after it was deleted, with everything in it.';
export const noneDeleted = 'No chat was deleted in the last 30 days.';
export const keptUntil = (date: string) => `until ${date}`;
export const restore = 'Restore';
export const restoreChat = (title: string) => `Restore “${title}”`;
export const inAndOut = 'Import and export';
export const importChats = 'Import chats';
export const exportChats = 'Export chats';

export const files = 'Copies for branches';
export const opening = 'Editor and terminal';

export const folder = 'Data folder';
export const copyFolder = 'Copy the path';
export const copied = 'Path copied';
export const engineHas = (host: string) =>
  `The chats are at ${host}; this folder has what belongs to this computer.`;
export const room = 'Room on the disk';
export const part = 'What';
export const takes = 'Takes';
export const total = (size: string, files: number) => `${size} in ${amountText(files, 'file')}`;
export const fileCount = (files: number) => amountText(files, 'file');
export const free = (size: string) => `${size} are free on this disk.`;
export const unread = (count: number) =>
  `${amountText(count, 'file or folder', 'files or folders')} could not be looked at.`;
export const measuring = 'Measuring…';
export const soFar = 'Measuring… These are the sizes so far.';
export const measuredAt = (time: string) => `Measured ${time}.`;
export const measure = 'Measure again';
export const parts: Readonly<Record<DataKind, readonly [name: string, about: string]>> = {
  conversations: ['Chats', 'All that was said, with every version and branch'],
  find: [
    findEverywhere,
    'The words of all chats, to be found. Made anew when it is deleted while Bough is stopped',
  ],
  files: ['Files', 'What was attached or drawn, with the originals'],
  cache: ['Files from elsewhere', 'Kept for a while; the storage has them'],
  copies: ['Copies of folders', 'Each branch of an agent its own; they can be put away under “Agents”'],
  folders: ['States of folders', 'What is kept to take files of agents back'],
  imports: ['Imports under way', 'Gone within a day'],
  shares: ['Shared pages', 'What links of “Share this chat” show'],
  'set-aside': ['Set aside', 'What “bough doctor --fix” replaced; delete it once all is well'],
  settings: ['Keys, tokens, prompts', 'And other small files of Bough itself'],
  other: ['Other files', 'Not known to this version of Bough'],
};
export const inBrowser = 'In this browser';
export const readHere = 'Chats that were read here';
export const keptChats = (chats: number, messages: number) =>
  `${amountText(chats, 'chat')}, ${amountText(messages, 'message')}`;
export const writtenHere = 'Written and not sent';
export const draftsAndUnsent = (drafts: number, unsent: number) =>
  unsent === 0
    ? amountText(drafts, 'draft')
    : `${amountText(drafts, 'draft')}, ${amountText(unsent, 'unsent message')}`;
export const pageItself = 'The page itself';
export const aboutSize = (size: string) => `about ${size}`;
export const whyInBrowser =
  'So that Bough opens at once, and without a network. It is not encrypted; signing out takes what you read and wrote with it.';
export const clearBrowser = 'Clear what this browser keeps';
export const loses = (drafts: number, unsent: number) => `${draftsAndUnsent(drafts, unsent)} will be lost.`;
export const clearLeaves =
  'Your chats stay at Bough, you stay signed in, and theme and panes stay as you chose them here.';
export const clearNow = 'Clear now';
export const backup = 'Backup';
export const howToBackUp =
  'In a terminal, also while Bough runs (from its repository “npm run bough -- backup FILE”). It is read back before it counts:';
export const backupLine = 'bough backup FILE';
export const howToTakeAway = 'Or take your chats with you as files that open without Bough:';
