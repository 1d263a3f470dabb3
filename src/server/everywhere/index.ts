export { ClosingStore } from './guard.ts';
export type { Portion, StoredHit, StoredMessage, StoredStanding, WordStore } from './port.ts';
export { BrokenStore, openWordStore } from './threads.ts';
