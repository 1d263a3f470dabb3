/** `bough/client`: the client without React, for browsers and Node (docs/hook.md, "Without React"). */
export type { Bough } from '../client/bough.ts';
export {
  type FollowedConversation,
  type FollowedList,
  type FollowedTree,
  followConversation,
  followList,
} from '../client/follow.ts';
export type { AccessView } from '../client/kit/access.ts';
export type { Command } from '../client/kit/commands.ts';
export { NetworkError, ServerError, sentenceOf } from '../client/kit/errors.ts';
export type { Readable } from '../client/kit/signal.ts';
export type { KeyValues } from '../client/outbox/stored-sends.ts';
export type * from '../client/types.ts';
export { type ConnectOptions, connectBough as createBough } from './create-bough.ts';
