/** What is said in the drawer of an aside. */
export const aside = 'Aside';
export const about = (words: string) => `About “${words}”`;
export const goToOwner = 'Go to the message it is about';
export const close = 'Close';
export const asides = 'Asides of this message';
export const newAside = 'New aside';
export const askAside = 'Ask aside';
export const placeholder = 'Ask about this';
export const ask = 'Ask';
export const stop = 'Stop this reply';
export const explains =
  'Ask about this message without changing the conversation. What is said here is not seen there.';
export const noModel = 'No model to answer. Choose one below the message box of the conversation.';
export const askLater = 'Ask when this reply is done';
export const queued = 'In the queue: asked when the reply before it is done.';
export const answers = (name: string) => `${name} answers`;
export { keep } from '../../actions/strings/asides.ts';
export const bringForward = 'Bring forward';
export const drop = 'Drop';
export const wasDropped = 'This aside was dropped.';
export const restore = 'Restore';
export const restored = 'Aside restored';
export const label = (of: string) => `${of} of the aside`;
