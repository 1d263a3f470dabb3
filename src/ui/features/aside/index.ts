/** A question about a message beside the conversation. Nothing of it is in the first load. */
export { AsideDrawer } from './aside-drawer.tsx';
