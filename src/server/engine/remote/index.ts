export { openRemote } from './engine.ts';
