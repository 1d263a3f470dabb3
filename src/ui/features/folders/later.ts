/** Files of branches. Loaded when somebody looks at them. */
export { FilesCompared } from './files-compared.tsx';
export { FilesHere } from './files-here.tsx';
export { TakeFiles } from './take-files.tsx';
