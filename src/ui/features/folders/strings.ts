/** What is said of the files of branches. Loaded with what shows them. */
import type { FolderOutput } from '../../../protocol/requests/folders.ts';
import { amountText, numberText } from '../../components/amount-text.ts';

export const filesHere = 'Files here';
export const changedFiles = 'Changed files';
export const files = 'Files';
export const noChanges = 'No file differs.';
export const notAllNamed = (count: number) => `(the first ${count} are listed)`;
export const changesOf = (path: string) => `Changes of ${path}`;
export const mode = 'mode';
export const kinds = { added: 'new', removed: 'deleted', moved: 'moved', type: 'kind' } as const;
export const linesOf = (added: number, removed: number) => `+${added} −${removed}`;
export const noText = 'no text';
export const movedFrom = (path: string) => `Moved from ${path}`;
export const modeChanged = 'Whether it may be run was changed.';
type Content = FolderOutput<'content'>;
const about = (content: Content): string => {
  if (content.kind === 'none') return 'not there';
  if (content.kind === 'text') return `${numberText(content.text.length)} characters of text`;
  const size = `${numberText(Math.ceil(content.size / 1024))} KB`;
  return content.kind === 'large' ? `${size}, too large to show` : `${size} that are no text`;
};
export const notShown = (before: Content, after: Content) =>
  `Before: ${about(before)}. After: ${about(after)}.`;
export const shownFiles = { fork: 'Since the fork', turn: 'This turn', all: 'All files' } as const;
export const changesSince = 'Changes';
export const openInEditor = 'Open in editor';
export const openInTerminal = 'Open in terminal';
export const openFile = (path: string) => `Open ${path} in editor`;
export const opened = { editor: 'Opened in the editor', terminal: 'Opened a terminal' } as const;
export const folderOf = (path: string) => (path === '' ? 'Top of the repository' : path);
export const folderUp = 'Folder above';
export const emptyFolder = 'There is no file.';
export const contentOf = (path: string) => `Content of ${path}`;
export const chooseFile = 'Choose a file to read it.';
export const folderKind = 'folder';
export const linkKind = 'link';
export const sizeOf = (bytes: number) =>
  bytes < 1024 ? `${bytes} B` : `${numberText(Math.ceil(bytes / 1024))} KB`;
export const contentIs = (content: Content) => `This file: ${about(content)}.`;
export const folderIs = (path: string, isCopy: boolean) =>
  isCopy ? `Copy of this branch: ${path}` : `Your own folder: ${path}`;
export const copyPath = 'Copy path';
export const copiedPath = 'Path copied';
export const take = 'Take this branch’s files';
export const restore = 'Restore these files';
export const commitHere = 'Commit here';
export const makeBranch = 'Make a git branch';
export const branchName = 'Name of the branch';
export const commitMessage = 'Commit message';
export const cancel = 'Cancel';
export const commit = 'Commit';
export const make = 'Make it';
export const committed = (id: string) => `Committed as ${id.slice(0, 10)}`;
export const branchMade = (name: string) => `The copy is on branch ${name} now`;
export const looking = 'Looking at what would change…';
export const willChange = (count: number, target: string) =>
  `${amountText(count, 'file')} will change in ${target}, as changes that are not committed.`;
export const nothingToTake = (target: string) => `${target} has all of it already.`;
export const conflicts = 'Conflicts';
export const conflictsText = (count: number) =>
  `${amountText(count, 'file was', 'files were')} changed in both, or cannot be replaced. Nothing is done before you choose.`;
export const conflictWhy = { both: 'changed in both', ignored: 'ignored by git there' } as const;
export const keepMine = 'Keep mine';
export const takeTheirs = 'Take the branch’s';
export const markBoth = 'Both, with marks';
export const takeNow = 'Take them';
export const restoreNow = 'Restore them';
export const taken = (count: number) => `${amountText(count, 'file')} changed in your folder`;
export const undo = 'Undo';
export const undone = 'Taken back';
export const filesOf = 'Files of';
export const comparedWith = 'Compared with';
export const ownFork = 'Where it was forked';
