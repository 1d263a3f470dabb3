/**
 * What a Bough keeps, and how much of it (docs/protocol.md, "Data"). Not part of `index.ts`: what shows it is loaded late.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

export const SIZES_PATH = '/api/data/sizes';
export const HIDDEN_PATH = '/api/data/hidden';

/**
 * What the data folder holds: streams of conversations; their words, to be found; attached files with their originals; files kept of an
 * engine elsewhere; copies of folders for branches of agents; what was kept of folders; imports under way; shared pages; what
 * `doctor --fix` set aside; keys, tokens, prompts; all else.
 */
export const DATA_KINDS = [
  'conversations',
  'find',
  'files',
  'cache',
  'copies',
  'folders',
  'imports',
  'shares',
  'set-aside',
  'settings',
  'other',
] as const;
export type DataKind = (typeof DATA_KINDS)[number];

const size = z.number().check(z.minimum(0));

export const dataSizesSchema = z.object({
  /** Its absolute path. */
  folder: z.string(),
  /** The host of the engine that has the conversations. Absent: the folder has them. */
  engine: z.optional(z.string()),
  /** Only what is there; while it is looked through for the first time, as far as that has come. */
  parts: z.array(z.object({ part: z.enum(DATA_KINDS), bytes: size, files: size })),
  /** Bytes that are free where the folder is. Absent: the system does not say. */
  free: z.optional(size),
  /** Files that could not be looked at. */
  unread: size,
  /** It is being looked through. */
  measuring: z.boolean(),
  /** When it was last looked through, in ms since the epoch. Absent: not yet to its end. */
  at: z.optional(size),
});
export type DataSizes = z.infer<typeof dataSizesSchema>;

export const hiddenSchema = z.object({
  /** Conversations with hidden branches, those with the most first; of as many the one used last. */
  conversations: z.array(
    z.object({
      id: idSchema,
      title: z.string(),
      archived: z.optional(z.literal(true)),
      branches: size,
    }),
  ),
  /** Conversations that are not counted yet are among `of`. Absent: all are counted. */
  reading: z.optional(z.object({ done: size, of: size })),
});
export type HiddenBranches = z.infer<typeof hiddenSchema>;
