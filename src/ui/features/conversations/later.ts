/** Loaded when something is moved, or a folder made. */
export { MoveTo } from './filing/move-to.tsx';
export { NewFolder } from './filing/new-folder.tsx';
