/**
 * Access tokens (docs/protocol.md, "Access"): `POST /api/access/{name}`, JSON in and out. A token is shown once, when it is
 * made. Not part of `index.ts`: only the sign-in and the dialog "Access" need it, which are loaded late.
 */
import * as z from 'zod/mini';
import { modelRefSchema } from '../fields.ts';
import { idSchema } from '../ids.ts';

/**
 * `owner`: everything. `read-only`: reads conversations, and changes nothing. `writer`: for a program that speaks the Durable Streams
 * protocol: reads, makes branches and says things in them.
 */
export const scopeSchema = z.enum(['owner', 'read-only', 'writer']);
export type Scope = z.infer<typeof scopeSchema>;

/** The scope of the token, on each answer to a request that needed one. */
export const SCOPE_HEADER = 'bough-access';

const name = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'A name needs at least one character.'),
    z.maxLength(60, 'A name has at most 60 characters.'),
  );

/** What is further said of a writer's token. */
const ofWriters = {
  /** The only conversation it reads and writes. Absent: all. */
  conversation: z.optional(idSchema),
  /** The model that answers what is said with it. Absent: nobody, unless a message asks. */
  answers: z.optional(modelRefSchema),
};

/** A token as it is listed: never with its secret. */
const accessTokenSchema = z.object({
  id: idSchema,
  name: z.string(),
  scope: scopeSchema,
  ...ofWriters,
  /** ms since the epoch. */
  created: z.number(),
  /** ms since the epoch, to the hour; absent: never used. */
  used: z.optional(z.number()),
  /** The one this was asked with. */
  here: z.optional(z.literal(true)),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;
/** What a new token is made of. */
export type NewToken = AccessInput<'make'>;

/** What `POST /api/access/NAME` takes and answers (docs/protocol.md, "Security"). */
export const accessCommands = {
  /** The answer also sets the cookie. */
  'sign-in': {
    input: z.strictObject({ token: z.string().check(z.maxLength(200)) }),
    output: z.object({ name: z.string(), scope: scopeSchema }),
  },
  /** Takes the cookie away; the token stays. */
  'sign-out': { input: z.strictObject({}), output: z.object({}) },
  /** `needed`: nothing works without a token here. `address`: where others reach this server, without a slash at its end. */
  list: {
    input: z.strictObject({}),
    output: z.object({
      needed: z.boolean(),
      address: z.optional(z.string()),
      tokens: z.array(accessTokenSchema),
    }),
  },
  /** `secret` is the token, told this once. */
  make: {
    input: z
      .strictObject({ name, scope: scopeSchema, ...ofWriters })
      .check(
        z.refine(
          ({ scope, conversation, answers }) => scope === 'writer' || !(conversation || answers),
          'Only a token to write with is for one conversation, or has a model answer.',
        ),
      ),
    output: z.object({ token: accessTokenSchema, secret: z.string() }),
  },
  /** Ends what is being read with it at once. Fine for one that is gone. */
  revoke: { input: z.strictObject({ id: idSchema }), output: z.object({}) },
} as const;

export type AccessCommand = keyof typeof accessCommands;
export type AccessInput<N extends AccessCommand> = z.infer<(typeof accessCommands)[N]['input']>;
export type AccessOutput<N extends AccessCommand> = z.infer<(typeof accessCommands)[N]['output']>;

export const accessPath = (name: AccessCommand): string => `/api/access/${name}`;

/** The address that signs a browser in; what follows `#` is never sent to a server, so no log on the way has it. */
export const signInAddress = (address: string, secret: string): string => `${address}/#token=${secret}`;
/** The token in the part of an address from `#` on. */
export const tokenInHash = (hash: string): string | undefined => /^#token=([\w-]+)$/.exec(hash)?.[1];
