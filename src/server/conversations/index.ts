export type { Exchange } from './exchange.ts';
export { type ConversationDeps, type ConversationService, createConversations } from './service.ts';
