/** What is said of the copies of folders. Loaded with what shows them. */
import type { ListedCopy } from '../../../protocol/requests/folders.ts';
import { amountText } from '../../components/amount-text.ts';
import { sizeText } from '../../components/size-text.ts';

export const copies = 'Copies of folders';
export const measuring = 'Measuring the copies…';
export const loading = 'Loading…';
export const putAwayTitle = (count: number) =>
  count === 1 ? 'Copy of the hidden branch' : 'Copies of the hidden branches';
export const noCopies =
  'No branch has a copy of a folder. With “Each branch its own copy”, a branch of an agent gets one where others work in the same folder.';

export const about = (all: readonly ListedCopy[]) =>
  `${amountText(all.length, 'copy', 'copies')}, ${sizeText(all.reduce((sum, { size }) => sum + size, 0))}. One that is put away keeps its files in the repository, without those that git ignores, and is made again by the next reply there.`;

interface CopyFacts {
  readonly title: string | undefined;
  readonly conversation: string | undefined;
  readonly size: number;
  readonly shown: boolean | undefined;
}

export function factsOf({ title, conversation, size, shown }: CopyFacts): string {
  const facts = [title, sizeText(size), shown === false && 'hidden branch'];
  return [...facts, conversation === undefined && 'in no chat that is listed'].filter(Boolean).join(' · ');
}

export const copyDeed = {
  here: 'Put away',
  leaving: 'Putting it away…',
  away: 'Bring back',
  coming: 'Bringing it back…',
  'would-lose': 'Put away and lose it',
} as const;
export const putAwayOf = (name: string) => `Put away the copy of “${name}”`;
export const isAway = (name: string) => `The copy of “${name}” is put away`;
export const bringBackOf = (name: string) => `Bring back the copy of “${name}”`;
export const isBack = (name: string) => `The copy of “${name}” is back`;
export const alongOf = (top: string) => `What copies of ${top} take along`;

export { whatCopiesTake as along } from '../../actions/strings/agents.ts';
export const aboutAlong = (top: string) =>
  `Files that git ignores are not in the copies of ${top}. Those listed here are copied into each new one.`;
export const pathsExample = 'node_modules\n.env';
export const lineExample = 'npm ci';
export const alsoTake = 'Also take';
export const aboutPaths =
  'One on each line, from the top of the repository. Where the disk can share them until one is changed, they take no room.';
export const lineToRun = 'Line to run in a new copy';
export const aboutLine =
  'Run before the agent begins, as if you had typed it in a terminal there. For what is better made than copied.';
export const alongSaved = 'New copies follow the list';

export const openers = 'Open in editor and terminal';
export const aboutOpeners =
  'Run on the computer of Bough. {path} stands for the file or folder, {folder} for the folder; without them the editor gets the path at the end, and the terminal begins in the folder.';
export const editorCommand = 'Command for the editor';
export const terminalCommand = 'Command for the terminal';
export const openersSaved = 'Commands saved';
export const saveAndOpen = 'Save and open';
