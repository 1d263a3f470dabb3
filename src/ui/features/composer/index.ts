export { Composer } from './composer.tsx';
export { messageOf, refusedImage } from './readiness.ts';
