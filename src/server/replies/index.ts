export type * from './port.ts';
export { createRunner } from './runner.ts';
