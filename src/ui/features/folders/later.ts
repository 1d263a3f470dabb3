/** Files of branches. Loaded when somebody looks at them. */
export { AlongDialog } from './along-dialog.tsx';
export { CopiesDialog, CopiesPanel } from './copies-dialog.tsx';
export { FilesCompared } from './files-compared.tsx';
export { FilesHere } from './files-here.tsx';
export { OpenersDialog, OpenersForm } from './openers-dialog.tsx';
export { TakeFiles } from './take-files.tsx';
