export * from './commands/command-path.ts';
export * from './commands/commands.ts';
export * from './commands/reply-input.ts';
export * from './context/context.ts';
export { areQuotes } from './context/stored-quotes.ts';
export * from './context/window.ts';
export { modelRefSchema, type Overflow, offset, overflowSchema, readItems, VERSION } from './fields.ts';
export * from './files/files.ts';
export * from './ids.ts';
export {
  ARRANGED_LIMIT,
  ASIDES_DAYS,
  BODY_LIMIT,
  CHAT_FOLDER_LIMIT,
  DAY,
  LABEL_LIMIT,
  MARKS_LIMIT,
  MESSAGE_LIMIT,
  RECALL_DAYS,
  TITLE_LIMIT,
} from './limits.ts';
export * from './live.ts';
export * from './models/models.ts';
export * from './models/prices.ts';
export * from './parts/index.ts';
export * from './problem.ts';
export * from './streams/chat-folders.ts';
export * from './streams/conversations.ts';
export * from './streams/items.ts';
export * from './streams/list-items.ts';
export * from './streams/read.ts';
export * from './streams/reply.ts';
export * from './streams/segments.ts';
export * from './streams/snapshot.ts';
export * from './streams/streams.ts';
export * from './streams/views.ts';
export * from './text.ts';
