/**
 * Endpoints: servers of models a person adds in the app (docs/protocol.md, "Endpoints"). `POST /api/endpoints/{name}`, JSON in
 * and out. A key goes in and never comes out. Not part of `index.ts`: only the Models dialog needs it, which is loaded late.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { API_KINDS, sourceSchema } from './models.ts';

const name = z
  .string()
  .check(z.trim(), z.minLength(1, 'A name needs at least one character.'), z.maxLength(60));
const baseUrl = z.string().check(z.trim(), z.minLength(1, 'An address is needed.'), z.maxLength(500));
const key = z
  .string()
  .check(
    z.trim(),
    z.regex(/^[\x21-\x7e]{1,500}$/, 'A key has no spaces and no characters beyond plain ones.'),
  );
/** Names of headers that belong to the request itself. */
const TAKEN = /^(host|connection|content-.*|transfer-encoding|cookie|accept.*|te|upgrade|expect)$/i;
const keyHeader = z.string().check(
  z.trim(),
  z.regex(/^[A-Za-z0-9_-]{1,60}$/, 'A header has letters, digits and hyphens, as api-key.'),
  z.refine((header) => !TAKEN.test(header), 'This header belongs to the request itself.'),
);
const models = z
  .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(300)))
  .check(z.maxLength(50, 'At most 50 models can be named.'));

/** Absent: by the address. */
const kind = z.optional(z.enum(API_KINDS));

/** What `POST /api/endpoints/NAME` takes and answers. */
export const endpointCommands = {
  /**
   * Asks the server for its models, and keeps nothing. With `endpoint` the key kept for it is used unless `key` is given, if
   * the address is on the same host.
   */
  test: {
    input: z.strictObject({
      baseUrl,
      kind,
      key: z.optional(key),
      keyHeader: z.optional(keyHeader),
      models: z.optional(models),
      endpoint: z.optional(idSchema),
    }),
    output: z.discriminatedUnion('ok', [
      /** `kind` and `baseUrl` as they would be kept; names of the first chat models. */
      z.object({
        ok: z.literal(true),
        kind: z.string(),
        baseUrl: z.string(),
        models: z.number(),
        names: z.array(z.string()),
      }),
      z.object({ ok: z.literal(false), code: z.string(), sentence: z.string() }),
    ]),
  },
  /** `id` is made by the caller: adding it again changes nothing. Not tested: a server may be away now. */
  add: {
    input: z.strictObject({
      ...{ id: idSchema, baseUrl, kind, name: z.optional(name), key: z.optional(key) },
      ...{ keyHeader: z.optional(keyHeader), models: z.optional(models) },
    }),
    output: z.object({ source: sourceSchema }),
  },
  /** Absent: unchanged. `keyHeader: null`: the usual one; `models: []`: none. `key: null` forgets the key; a key is not taken along to another host. */
  change: {
    input: z.strictObject({
      id: idSchema,
      baseUrl: z.optional(baseUrl),
      kind,
      name: z.optional(name),
      key: z.optional(z.nullable(key)),
      keyHeader: z.optional(z.nullable(keyHeader)),
      models: z.optional(models),
    }),
    output: z.object({ source: sourceSchema }),
  },
  /** Fine for one that is gone. */
  remove: { input: z.strictObject({ id: idSchema }), output: z.object({}) },
} as const;

export type EndpointCommand = keyof typeof endpointCommands;
export type EndpointInput<N extends EndpointCommand> = z.infer<(typeof endpointCommands)[N]['input']>;
export type EndpointOutput<N extends EndpointCommand> = z.infer<(typeof endpointCommands)[N]['output']>;

export const endpointPath = (name: EndpointCommand): string => `/api/endpoints/${name}`;
export const endpointNames = Object.keys(endpointCommands) as EndpointCommand[];
