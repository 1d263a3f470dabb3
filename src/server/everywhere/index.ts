export type { KeptHit, KeptMessage, KeptStanding, Portion, WordStore } from './port.ts';
export { BrokenStore, ClosingStore, openWordStore } from './threads.ts';
