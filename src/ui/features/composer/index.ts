export { Composer } from './composer.tsx';
export { messageOf } from './readiness.ts';
