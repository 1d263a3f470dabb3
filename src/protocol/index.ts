export * from './command-answers.ts';
export * from './commands.ts';
export * from './context.ts';
export * from './conversations.ts';
export {
  ASIDES_DAYS,
  BODY_LIMIT,
  DAY,
  LABEL_LIMIT,
  MARKS_LIMIT,
  MESSAGE_LIMIT,
  modelRefSchema,
  type Overflow,
  offset,
  overflowSchema,
  readItems,
  TITLE_LIMIT,
  VERSION,
} from './fields.ts';
export * from './files.ts';
export * from './ids.ts';
export * from './input.ts';
export * from './items.ts';
export { areQuotes } from './kept-quotes.ts';
export * from './list-items.ts';
export * from './live.ts';
export * from './models.ts';
export * from './parts/index.ts';
export * from './prices.ts';
export * from './problem.ts';
export * from './read.ts';
export * from './reply.ts';
export * from './segments.ts';
export * from './snapshot.ts';
export * from './streams.ts';
export * from './text.ts';
export * from './views.ts';
export * from './window.ts';
