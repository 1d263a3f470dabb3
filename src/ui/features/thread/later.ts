/** The messages of a conversation. Loaded apart from the first page (src/ui/app/frame/load-thread.tsx). */
export { PrintedPath } from './print/printed-path.tsx';
export { Thread } from './thread.tsx';
