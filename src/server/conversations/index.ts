export { type ConversationDeps, type ConversationService, createConversations } from './service.ts';
