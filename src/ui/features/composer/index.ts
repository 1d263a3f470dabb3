export { Composer } from './composer.tsx';
export { MessageBox } from './message-box.tsx';
export { messageOf, refusedImage } from './readiness.ts';
