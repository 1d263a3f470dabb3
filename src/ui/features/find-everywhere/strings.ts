/** What finding in all chats says. */
import { amountText, numberText } from '../../components/amount-text.ts';

export { findEverywhere as title } from '../../actions/strings/anywhere.ts';
export const placeholder = 'Words or “phrases” from any chat';
export const finding = 'Finding';
export const filters = 'Filters';
export const who = 'Who';
export const anyone = 'Anyone';
export const you = 'You';
export const assistant = 'Assistant';
export const systemPrompt = 'System prompt';
export const model = 'Model';
export const label = 'Label';
export const any = 'Any';
export const from = 'From';
export const until = 'Until';
export { onlyStarred } from '../find/index.ts';
export const onlyFile = 'Only with a file';
export const onlyCode = 'Only with code';
export const archivedToo = 'Archived chats too';
export const hiddenToo = 'Hidden branches too';
export const asidesToo = 'Asides too';

export const hits = 'Found in all chats';
export const untitled = 'Untitled';
export const archived = 'archived';
export const hidden = 'hidden';
export const aside = 'aside';
export const starred = 'starred';
export const branch = (words: string) => `Branch “${words}”`;
export const lookFurther = 'Look further';
export const lookEverywhere = 'Look there too';

export const onlyKept =
  'Only what this browser keeps: Bough cannot be reached. Filters wait for the connection.';
export const titles = 'Titles';
export const keptCounted = (titles: number, messages: number) =>
  titles + messages === 0
    ? nothing
    : `Found in ${amountText(titles, 'title')} and ${amountText(messages, 'message')}`;

export const typeSomething = 'Looks through every message of every chat, on whatever branch it is.';
export const parts = 'Parts of words count. Put a phrase in quotes.';
export const nothing = 'Nothing found';
export const leftOut = 'Archived chats, hidden branches and asides are left out.';
export const notYet = 'Nothing found in what was looked at so far';
export const counted = (hits: number, chats: number, more: boolean) =>
  `${more ? `${hits} or more` : hits} found in ${amountText(chats, 'chat')}`;
export const reading = (done: number, of: number) =>
  `Reading your chats to find what was said in them: ${numberText(done)} of ${numberText(of)}`;
