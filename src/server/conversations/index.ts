export type { Exchange } from './reply/first-exchange.ts';
export { type ConversationDeps, type ConversationService, createConversations } from './service.ts';
