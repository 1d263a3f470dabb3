/** The messages of a conversation. Loaded apart from the first page (src/ui/app/load-thread.ts). */
export { Thread } from './thread.tsx';
