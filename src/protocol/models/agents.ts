/**
 * Agents a person configures (docs/protocol.md, "Agents"). `POST /api/agents/{name}`, JSON in and out. What an agent's environment holds goes in and never
 * comes out. Not part of `index.ts`: only the dialog "Models" needs it, which is loaded late.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { FOLDER_LIMIT } from '../limits.ts';
import { commandSchema, optionSchema } from '../streams/offers.ts';

const name = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'A name is needed.'),
    z.maxLength(60, 'A name can have at most 60 characters.'),
  );
const command = z.string().check(z.trim(), z.minLength(1, 'A command is needed.'), z.maxLength(2_000));
const args = z.array(z.string().check(z.maxLength(4_000))).check(z.maxLength(100));
const env = z.record(
  z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A variable has letters, digits and _, as API_KEY.')),
  z.string().check(z.maxLength(10_000)),
);
const agent = { name, command, args, env };
const folder = z.string().check(z.minLength(1, 'A folder is needed.'), z.maxLength(FOLDER_LIMIT));

export const agentCommands = {
  /** Starts it, asks what it can do, ends it. Keeps nothing. */
  test: {
    input: z.strictObject(agent),
    output: z.discriminatedUnion('ok', [
      /** `can`: in a few words. */
      z.object({ ok: z.literal(true), version: z.optional(z.string()), can: z.array(z.string()) }),
      z.object({ ok: z.literal(false), sentence: z.string() }),
    ]),
  },
  /** Not started. One of that name that was configured before is refused. */
  add: { input: z.strictObject(agent), output: z.object({}) },
  /** Fine for one that is gone. */
  remove: { input: z.strictObject({ name }), output: z.object({}) },
  /** Files and folders of a folder by what is in their names, to be mentioned; starts nothing. */
  files: {
    input: z.strictObject({ folder, query: z.string().check(z.maxLength(300)) }),
    /** Paths from the folder; a folder ends with `/`. `some`: there are more. */
    output: z.object({ files: z.array(z.string()), some: z.boolean() }),
  },
  /** Sessions the agent has of a folder, a page at a time; it is started if need be. */
  sessions: {
    input: z.strictObject({ agent: z.string(), folder, more: z.optional(z.string()) }),
    output: z.object({
      sessions: z.array(
        z.object({ id: z.string(), title: z.optional(z.string()), at: z.optional(z.number()) }),
      ),
      /** Where the next page begins; absent: that is all. */
      more: z.optional(z.string()),
    }),
  },
  /** Makes a conversation of a session, with all it replays; of one that was continued before with what is new in it. */
  continue: {
    input: z.strictObject({
      agent: z.string(),
      folder,
      session: z.string().check(z.minLength(1), z.maxLength(300)),
      /** As the list has them. */
      title: z.optional(z.string().check(z.maxLength(200))),
      at: z.optional(z.number()),
    }),
    output: z.object({ conversation: idSchema }),
  },
  /** What can be chosen of an agent before it was asked anything; it is started if need be, and a session opened that the first message there goes on in. */
  offers: {
    input: z.strictObject({ agent: z.string().check(z.minLength(1), z.maxLength(300)), folder }),
    output: z.object({ options: z.array(optionSchema), commands: z.array(commandSchema) }),
  },
  /** How an option of an agent shall stand in a conversation, now and from now on. */
  choose: {
    input: z.strictObject({
      conversation: idSchema,
      agent: z.string().check(z.minLength(1), z.maxLength(300)),
      option: z.string().check(z.minLength(1), z.maxLength(300)),
      value: z.union([z.string().check(z.maxLength(300)), z.boolean()]),
    }),
    output: z.object({}),
  },
} as const;

export type AgentCommand = keyof typeof agentCommands;
export type AgentInput<N extends AgentCommand> = z.infer<(typeof agentCommands)[N]['input']>;
export type AgentOutput<N extends AgentCommand> = z.infer<(typeof agentCommands)[N]['output']>;

export const agentPath = (name: AgentCommand): string => `/api/agents/${name}`;
export const agentNames = Object.keys(agentCommands) as AgentCommand[];
