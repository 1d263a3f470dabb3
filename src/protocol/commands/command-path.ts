/** How a page gives a command: where, and how it reads the answer. The inputs are known as types alone: a page's first load is dear. */
import { arranged, chose, copied, done, placed } from './command-answers.ts';
import type { CommandName } from './commands.ts';

type AnswerSchema = typeof done | typeof placed | typeof copied | typeof chose | typeof arranged;
const ANSWERS: Partial<Record<CommandName, AnswerSchema>> = {
  send: placed,
  edit: placed,
  regenerate: placed,
  system: placed,
  summarise: placed,
  copy: copied,
  answer: chose,
  arrange: arranged,
};

/** The `output` of a command in the table of commands.ts. */
export const answerSchema = (name: CommandName): AnswerSchema => ANSWERS[name] ?? done;

export const commandPath = (name: CommandName): string => `/api/commands/${name}`;
