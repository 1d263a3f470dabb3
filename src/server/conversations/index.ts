export type { StoredConversation } from './commands/adopt.ts';
export type { Brought, BroughtMark } from './commands/bring.ts';
export type { WholeConversation } from './find/whole.ts';
export type { ConversationDeps, ConversationService } from './port.ts';
export type { Exchange } from './reply/first-exchange.ts';
export { createConversations } from './service.ts';
