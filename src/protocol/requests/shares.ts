/**
 * Conversations shown to somebody by a link (docs/protocol.md, "Sharing"). `POST /api/shares/{name}`, JSON in and out. Not part of `index.ts`:
 * only the dialog "Share" needs it.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { EXPORT_PARTS } from './transfer.ts';

/** What is shared is at this path and its secret. */
export const SHARED_PATH = '/s';

export const shareSchema = z.object({
  id: idSchema,
  /** The last part of its address: whoever knows it reads what is shared. */
  secret: z.string(),
  conversation: idSchema,
  part: z.enum(EXPORT_PARTS),
  message: z.exactOptional(idSchema),
  title: z.string(),
  messages: z.number(),
  /** ms since the epoch. */
  made: z.number(),
  /** When it was frozen last. */
  updated: z.number(),
  /** It cannot be read from then on. */
  until: z.exactOptional(z.number()),
});
export type Share = z.infer<typeof shareSchema>;

const one = z.object({ share: shareSchema });

export const shareCommands = {
  /** Freezes what is there now under a new address. */
  make: {
    input: z.strictObject({
      conversation: idSchema,
      part: z.enum(EXPORT_PARTS),
      message: z.exactOptional(idSchema),
      until: z.exactOptional(z.int().check(z.positive())),
    }),
    output: one,
  },
  /** Those of a conversation, or all; the newest first. `address`: where others reach this Bough; absent: nobody else does. */
  list: {
    input: z.strictObject({ conversation: z.exactOptional(idSchema) }),
    output: z.object({ shares: z.array(shareSchema), address: z.exactOptional(z.string()) }),
  },
  /** Freezes it anew, under its address. */
  update: { input: z.strictObject({ id: idSchema }), output: one },
  /** Its address leads nowhere from now on. Fine for one that is gone. */
  revoke: { input: z.strictObject({ id: idSchema }), output: z.object({}) },
} as const;

export type ShareCommand = keyof typeof shareCommands;
export type ShareInput<N extends ShareCommand> = z.infer<(typeof shareCommands)[N]['input']>;
export type ShareOutput<N extends ShareCommand> = z.infer<(typeof shareCommands)[N]['output']>;
export const shareNames = Object.keys(shareCommands) as ShareCommand[];
export const sharePath = (name: ShareCommand): string => `/api/shares/${name}`;
