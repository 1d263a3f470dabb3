export { Composer } from './composer.tsx';
export { MessageBox } from './message-box.tsx';
export { messageOf, refusedImage, replyBefore } from './readiness.ts';
