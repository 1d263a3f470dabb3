/** What the dialogs and menus over a conversation say. */
import type { Colour } from '../../../tree/index.ts';
import { amountText } from '../../components/amount-text.ts';

export const cancel = 'Cancel';
export const labelAndColour = 'Label and colour';
export const label = 'Label';
export const labelHint = 'What this branch is about';
export const colour = 'Colour';
export const colours: Readonly<Record<Colour | 'none', string>> = {
  none: 'None',
  red: 'Red',
  amber: 'Amber',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
};
export const labelled = (label: string) => `Labelled “${label}”`;
export const labelRemoved = 'Label removed';
export const coloured = (colour: Colour) => `Coloured ${colours[colour].toLowerCase()}`;

export const actions = 'Actions';
export const more = 'More';
export const severalReplies = 'Several replies at once';

export const hiddenBranches = 'Hidden branches';
export const nothingHidden =
  'Nothing is hidden. “Hide this branch” hides a message with everything after it. Nothing is deleted: hidden branches are listed here.';
export const aReply = 'A reply';
export const you = 'You';
export const assistant = 'Assistant';
export const messages = (count: number) => amountText(count, 'message');
export const view = 'View';
export const viewOf = (words: string) => `View “${words}”`;
export const restore = 'Restore';
export const restoreOf = (words: string) => `Restore “${words}”`;
export const branchesAsked = 'Branches that are asked';
export const messagesQuoted = 'Messages that are quoted';
export const asksEach = 'The question is asked at the end of each of these branches.';
export const quotesAll =
  'The question quotes these messages. It begins a new branch after what they have in common.';
export const question = 'Question';
export const ask = 'Ask';
export const answers = (name: string) => `${name} answers`;
