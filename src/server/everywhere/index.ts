export { ClosingStore } from './guard.ts';
export type { KeptHit, KeptMessage, KeptStanding, Portion, WordStore } from './port.ts';
export { BrokenStore, openWordStore } from './threads.ts';
