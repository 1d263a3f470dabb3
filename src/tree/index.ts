export * from './folding.ts';
export * from './lanes.ts';
export * from './paths.ts';
export * from './queries.ts';
export * from './tree.ts';
export * from './turns.ts';
export type * from './types.ts';
