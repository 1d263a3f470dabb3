export type { Portion, StoredHit, StoredMessage, StoredStanding, WordStore } from './port.ts';
export { ClosingStore } from './sqlite-guard.ts';
export { BrokenStore, openWordStore } from './threads.ts';
