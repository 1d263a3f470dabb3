export type * from './port.ts';
export type { Trouble } from './run.ts';
export { createRunner, type RunnerOptions } from './runner.ts';
export type { Clock } from './timing.ts';
