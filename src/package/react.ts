/** `bough/react`: the hooks Bough's own page is made of, and the client they need (docs/hook.md). */
export type { Bough } from '../client/bough.ts';
export * from '../client/hooks/index.ts';
export { type ConnectOptions, connectBough as createBough } from './create-bough.ts';
