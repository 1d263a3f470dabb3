export type { Exchange } from './reply/exchange.ts';
export { type ConversationDeps, type ConversationService, createConversations } from './service.ts';
