/**
 * A person's own prompts and the system prompt that new conversations begin with (docs/protocol.md, "Prompts"). `POST
 * /api/prompts/{name}`, JSON in and out. Not part of `index.ts`: what needs them is loaded late.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { numberText } from '../language.ts';

/** The longest of them, in UTF-16 units. */
export const PROMPT_LIMIT = 20_000;
export const PROMPTS_LIMIT = 500;

const text = z.string().check(
  z.maxLength(PROMPT_LIMIT, {
    error: () => `A prompt can have at most ${numberText(PROMPT_LIMIT)} characters.`,
  }),
);

const promptSchema = z.object({ id: idSchema, name: z.string(), text: z.string() });
export type SavedPrompt = z.infer<typeof promptSchema>;

/** All there is, by name; `system` is empty where conversations begin without a system prompt. */
export const promptsSchema = z.object({ prompts: z.array(promptSchema), system: z.string() });
export type Prompts = z.infer<typeof promptsSchema>;

/** What `POST /api/prompts/NAME` takes; each answers all there is then. */
export const promptCommands = {
  list: { input: z.strictObject({}) },
  /** Adds a prompt, or changes the one of this id. `id` is made by the caller: saving it again changes nothing. */
  save: {
    input: z.strictObject({
      id: idSchema,
      name: z
        .string()
        .check(
          z.trim(),
          z.regex(/^[^\n/]*$/, 'A name is one line without slashes.'),
          z.minLength(1, 'A name needs at least one character.'),
          z.maxLength(60, 'A name has at most 60 characters.'),
        ),
      text: text.check(z.refine((words) => words.trim() !== '', 'A prompt needs some text.')),
    }),
  },
  /** Fine for one that is gone. */
  remove: { input: z.strictObject({ id: idSchema }) },
  /** The system prompt of conversations that begin from now on; empty: none. */
  'set-system': { input: z.strictObject({ text }) },
} as const;

export type PromptCommand = keyof typeof promptCommands;
export type PromptInput<N extends PromptCommand> = z.infer<(typeof promptCommands)[N]['input']>;

export const promptPath = (name: PromptCommand): string => `/api/prompts/${name}`;
export const promptNames = Object.keys(promptCommands) as PromptCommand[];
