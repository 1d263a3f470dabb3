/**
 * Commands: `POST /api/commands/{name}`, JSON in and out, idempotent by the ids the client made (docs/protocol.md,
 * "Commands"). Unknown fields are refused before anything is written. Both sides take their types from this table.
 */
import * as z from 'zod/mini';
import { modelRefSchema, overflowSchema } from '../fields.ts';
import { FILES_LIMIT, fileRefSchema } from '../files/files.ts';
import { idSchema } from '../ids.ts';
import { numberText } from '../language.ts';
import {
  ARRANGED_LIMIT,
  CHAT_FOLDER_LIMIT,
  FOLDER_LIMIT,
  INSTRUCTION_LIMIT,
  LABEL_LIMIT,
  MARKS_LIMIT,
  MESSAGE_LIMIT,
  TITLE_LIMIT,
} from '../limits.ts';
import { formValuesSchema } from '../parts/question-fields.ts';
import { QUOTES_LIMIT, quoteSchema } from '../parts/quote.ts';
import { markFields, usageSchema } from '../streams/items.ts';
import { arranged, chose, copied, done, placed } from './command-answers.ts';

const conversation = idSchema;
const model = z.strictObject(modelRefSchema.shape);

const temperature = z
  .number()
  .check(z.minimum(0, 'A temperature is at least 0.'), z.maximum(2, 'A temperature is at most 2.'));
/** Absent: as the conversation is set. `temperature: null` leaves it to the model, `overflow: null` refuses. */
const asked = {
  temperature: z.optional(z.nullable(temperature)),
  overflow: z.optional(z.nullable(overflowSchema)),
  /** The folder an agent works in. */
  folder: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(FOLDER_LIMIT)))),
  /** True: an agent that cannot go back begins anew with the conversation as text. Else it is refused. */
  anew: z.optional(z.nullable(z.boolean())),
  /** Whether an agent's branch gets files of its own, where others have worked in the folder since. Else, where it was not settled yet, it is refused. */
  copies: z.optional(z.nullable(z.boolean())),
};

/** Options of agents as they shall stand before they are asked here for the first time. */
const choices = z.optional(
  z.readonly(
    z
      .array(
        z.strictObject({
          agent: z.string().check(z.minLength(1), z.maxLength(300)),
          option: z.string().check(z.minLength(1), z.maxLength(300)),
          value: z.union([z.string().check(z.maxLength(300)), z.boolean()]),
        }),
      )
      .check(z.maxLength(100)),
  ),
);

/** Most replies one command asks for. */
const REPLIES_LIMIT = 8;

/**
 * Who answers: `reply` by `model`, or `replies`, one to eight of them. The first takes the place after the message; the others are
 * versions of it. `temperature` of one outranks that of the command.
 */
const answers = {
  reply: z.optional(idSchema),
  model: z.optional(model),
  replies: z.optional(
    z.array(z.strictObject({ id: idSchema, model, temperature: z.optional(z.nullable(temperature)) })).check(
      z.minLength(1, 'At least one reply.'),
      z.maxLength(REPLIES_LIMIT, `At most ${REPLIES_LIMIT} replies can be asked for at a time.`),
      z.refine((replies) => new Set(replies.map(({ id }) => id)).size === replies.length, {
        error: 'Each reply needs an id of its own.',
      }),
    ),
  ),
};

interface Answers {
  readonly reply?: string | undefined;
  readonly model?: object | undefined;
  readonly replies?: readonly unknown[] | undefined;
}

const asksOneWay = <T extends Answers>({ none }: { readonly none: boolean }) =>
  z.refine<T>(({ reply, model, replies }) => {
    if ((reply === undefined) !== (model === undefined)) return false;
    return replies ? reply === undefined : reply !== undefined || none;
  }, 'A reply needs a model, and a model a reply; or there are several.');

const text = z.string().check(
  z.maxLength(MESSAGE_LIMIT, {
    error: () => `A message can have at most ${numberText(MESSAGE_LIMIT)} characters.`,
  }),
);

/** The files of a message, in their order. Default: none. */
const files = z.optional(
  z.array(fileRefSchema).check(z.maxLength(FILES_LIMIT, `A message can have at most ${FILES_LIMIT} files.`)),
);

/** What the message quotes, in its order. Default: nothing. */
const quotes = z.optional(
  z
    .readonly(
      z.array(z.strictObject({ ...quoteSchema.shape, of: z.strictObject(quoteSchema.shape.of.shape) })),
    )
    .check(
      z.maxLength(QUOTES_LIMIT, `A message can quote at most ${QUOTES_LIMIT} others.`),
      z.refine((all) => all.reduce((sum, one) => sum + one.text.length, 0) <= MESSAGE_LIMIT, {
        error: () => `Quotes can have at most ${numberText(MESSAGE_LIMIT)} characters together.`,
      }),
    ),
);

interface TextOrFiles {
  readonly text: string;
  readonly files?: readonly unknown[] | undefined;
  readonly quotes?: readonly unknown[] | undefined;
}

const saysSomething = <T extends TextOrFiles>() =>
  z.refine<T>(({ text, files = [], quotes = [] }) => text.trim() !== '' || files.length + quotes.length > 0, {
    error: 'A message needs some text or a file.',
    path: ['text'],
  });

/**
 * The reply begins with what the reply `of` says: all of it, or as much as `text`, which must be its beginning. Of one that was to begin
 * so and ended before a word of its own: the same again.
 */
const begin = z.strictObject({
  of: idSchema,
  text: z.optional(
    text.check(z.refine((said) => said.trim() !== '', 'What a reply begins with needs at least one word.')),
  ),
});

const usage = z.strictObject(usageSchema.shape);

/** Most turns that are read word for word before a summary. */
const KEPT_LIMIT = 1_000;

const instruction = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'An instruction needs at least one word.'),
    z.maxLength(INSTRUCTION_LIMIT, `An instruction has at most ${INSTRUCTION_LIMIT} characters.`),
    z.regex(/^[^\r\n]*$/, 'An instruction is one line.'),
  );

const short = z.string().check(z.minLength(1), z.maxLength(200));

const prompt = z.string().check(
  z.maxLength(MESSAGE_LIMIT, {
    error: () => `A system prompt can have at most ${numberText(MESSAGE_LIMIT)} characters.`,
  }),
);

const title = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'A title needs at least one character.'),
    z.maxLength(TITLE_LIMIT, `A title can have at most ${TITLE_LIMIT} characters.`),
  );

const chatFolderName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'A folder needs a name.'),
    z.maxLength(CHAT_FOLDER_LIMIT, `The name of a folder can have at most ${CHAT_FOLDER_LIMIT} characters.`),
  );

const label = z
  .string()
  .check(z.trim(), z.maxLength(LABEL_LIMIT, `A label can have at most ${LABEL_LIMIT} characters.`));

export const commands = {
  /** Announces a conversation and creates its outline. */
  create: { input: z.strictObject({ conversation }), output: done },
  rename: { input: z.strictObject({ conversation, title }), output: done },
  archive: { input: z.strictObject({ conversation }), output: done },
  restore: { input: z.strictObject({ conversation }), output: done },
  /** Hides the conversation and stops its replies; its streams go 30 days later. `undelete` until then. */
  delete: { input: z.strictObject({ conversation }), output: done },
  undelete: { input: z.strictObject({ conversation }), output: done },
  /**
   * What `archive`, `delete`, their opposites, pinning and moving to a folder do, with many conversations in one write. Those that cannot
   * be are answered as `refused`, and the others are done. `filed` null: in no folder.
   */
  arrange: {
    input: z.strictObject({
      conversations: z
        .array(conversation)
        .check(
          z.minLength(1, 'No conversation was chosen.'),
          z.maxLength(ARRANGED_LIMIT, `At most ${ARRANGED_LIMIT} conversations can be arranged at a time.`),
        ),
      archived: z.optional(z.boolean()),
      deleted: z.optional(z.boolean()),
      pinned: z.optional(z.boolean()),
      filed: z.optional(z.nullable(idSchema)),
    }),
    output: arranged,
  },
  /** Makes a folder of conversations of a new id, names it, removes it or brings it back. Absent: unchanged. */
  'chat-folder': {
    input: z.strictObject({
      folder: idSchema,
      name: z.optional(chatFolderName),
      removed: z.optional(z.boolean()),
    }),
    output: done,
  },
  /** What answers next in the conversation. Absent: unchanged; null: no choice. */
  settings: {
    input: z.strictObject({ conversation, model: z.optional(z.nullable(model)), ...asked }),
    output: done,
  },
  /**
   * Says `text` after `parent` (null: as a first message) and asks `model` for the reply `reply`. If something else
   * already follows `parent`, the message becomes a sibling on a branch of its own and `forked` is true. A message has a text,
   * files that were uploaded before, or both. What it says of the model becomes the conversation's setting.
   */
  send: {
    input: z
      .strictObject({
        conversation,
        message: idSchema,
        parent: z.nullable(idSchema),
        /**
         * The first message of a conversation that is new follows the default system prompt, if there is one: `system` is the id of
         * that prompt's message. Default: it does not.
         */
        system: z.optional(idSchema),
        text,
        files,
        quotes,
        ...answers,
        /**
         * `fork`: a person chose this point to go another way from ("Fork from here"). `aside`: it is said beside what follows, on a branch
         * of its own, and changes no setting. Default: `send`.
         */
        origin: z.optional(z.enum(['send', 'fork', 'aside'])),
        ...asked,
        choices,
      })
      .check(
        saysSomething(),
        asksOneWay({ none: false }),
        z.refine(({ origin, parent }) => origin !== 'aside' || parent !== null, {
          error: 'An aside is about a message.',
          path: ['parent'],
        }),
      ),
    output: placed,
  },
  /**
   * Says `text` in place of the message `of`: a version beside it, on a branch of its own; what followed stays with the
   * old one. With `reply` and `model` it also asks for a reply ("Save & send", messages of a person only).
   */
  edit: {
    input: z
      .strictObject({
        conversation,
        of: idSchema,
        message: idSchema,
        text,
        files,
        quotes,
        ...answers,
        ...asked,
      })
      .check(saysSomething(), asksOneWay({ none: true })),
    output: placed,
  },
  /**
   * Asks for another reply to the user message `parent`. Takes the place after it if that is free ("Try again" after a
   * failure before the first word), else a branch of its own: a version. With `begin` it goes on from a reply to the same message.
   */
  regenerate: {
    input: z
      .strictObject({
        conversation,
        parent: idSchema,
        begin: z.optional(begin),
        instruction: z.optional(instruction),
        ...answers,
        ...asked,
      })
      .check(asksOneWay({ none: false })),
    output: placed,
  },
  /**
   * The system prompt from `after` on (null: from the start, of first messages to come). Empty: none from there on. It
   * follows `after`, or leaves it on a branch of its own; what is said next hangs under it.
   */
  system: {
    input: z.strictObject({ conversation, message: idSchema, after: z.nullable(idSchema), text: prompt }),
    output: placed,
  },
  /**
   * Says a summary after the reply `after`, which a model reads from there on in place of what is before the last `keep` turns. `model`:
   * whose words they are, and `usage` what they took; without it they are a person's.
   */
  summarise: {
    input: z.strictObject({
      conversation,
      message: idSchema,
      after: idSchema,
      text: text.check(z.refine((said) => said.trim() !== '', 'A summary needs some text.')),
      keep: z.int().check(z.minimum(0), z.maximum(KEPT_LIMIT, `At most ${KEPT_LIMIT} turns are kept.`)),
      model: z.optional(model),
      usage: z.optional(usage),
    }),
    output: placed,
  },
  /** Remembers that under the message `at` (null: the conversation) `leaf` was viewed last. Latest wins; may be lost. */
  view: { input: z.strictObject({ conversation, at: z.nullable(idSchema), leaf: idSchema }), output: done },
  /** Makes a new conversation of the way to a message of another: copies of all that was said, with ids of their own. */
  copy: {
    input: z.strictObject({ conversation, from: z.strictObject({ conversation, message: idSchema }) }),
    output: copied,
  },
  /**
   * Marks messages: a star, a label and a colour of the branch that begins with it, or `pruned`, which hides it with all that follows.
   * What is absent stays; an empty label and `none` take theirs away. Nothing is written where all is so already.
   */
  mark: {
    input: z.strictObject({
      conversation,
      marks: z
        .array(z.strictObject({ message: idSchema, ...markFields, label: z.optional(label) }))
        .check(
          z.minLength(1, 'Nothing to mark.'),
          z.maxLength(MARKS_LIMIT, `At most ${MARKS_LIMIT} messages can be marked at a time.`),
        ),
    }),
    output: done,
  },
  /** Ends a reply, at the provider too; what it said so far stays. Fine for one that has ended. */
  stop: { input: z.strictObject({ conversation, reply: idSchema }), output: done },
  /** Answers a question of a reply that waits, by one of its options, and what was filled in if it has fields. The first answer counts, and is what every later one is told. */
  answer: {
    input: z.strictObject({
      conversation,
      reply: idSchema,
      question: short,
      option: short,
      values: z.optional(formValuesSchema),
    }),
    output: chose,
  },
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>;

export const commandNames = Object.keys(commands) as CommandName[];
