export type { StoredConversation } from './commands/adopt.ts';
export type { Brought, BroughtMark } from './commands/bring.ts';
export type { WholeConversation } from './find/whole.ts';
export type { Exchange } from './reply/first-exchange.ts';
export { type ConversationDeps, type ConversationService, createConversations } from './service.ts';
