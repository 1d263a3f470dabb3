/** The tree of a conversation. Loaded apart from the first page (src/ui/app/frame/load-explorer.tsx). */
export { Explorer } from './shell/explorer.tsx';
