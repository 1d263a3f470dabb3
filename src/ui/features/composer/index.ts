export { Composer } from './composer.tsx';
export { MessageBox } from './message-box.tsx';
export { messageOf, refusedFile, replyBefore } from './readiness.ts';
