export { openRemote, type RemoteOptions } from './engine.ts';
