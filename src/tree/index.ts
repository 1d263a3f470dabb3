export * from './queries.ts';
export * from './tree.ts';
export type * from './types.ts';
