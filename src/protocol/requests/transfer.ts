/** What is said over HTTP while conversations are brought in from elsewhere or taken away (docs/protocol.md, "Transfer"). */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

/** `POST` uploads what is to be imported; under it by id: `preview`, `run`, and `DELETE`. */
export const IMPORTS_PATH = '/api/imports';
export const EXPORT_PATH = '/api/export';

/** In bytes: what is uploaded is kept on the disk until it was brought in. */
export const IMPORT_LIMIT = 4_000_000_000;

export const importStoredSchema = z.object({ id: idSchema, size: z.number() });
export type StoredImport = z.infer<typeof importStoredSchema>;

/** What `run` takes; absent: all. */
export const importRunSchema = z.strictObject({
  conversations: z.exactOptional(z.array(idSchema).check(z.maxLength(100_000))),
});

const count = z.number();

/** Lines of NDJSON that `preview` and `run` answer with. */
export const importLineSchema = z.discriminatedUnion('kind', [
  /** How much was read, in bytes. */
  z.object({ kind: z.literal('progress'), done: count, total: count }),
  /** One that can be brought in. `standing`: whether it is here already, or was deleted here. */
  z.object({
    kind: z.literal('conversation'),
    id: idSchema,
    title: z.string(),
    source: z.string(),
    messages: count,
    /** Ends of paths: 1 where nothing was said another time. */
    branches: count,
    files: count,
    created: count,
    active: count,
    standing: z.enum(['new', 'here', 'deleted']),
    odd: z.array(z.object({ what: z.string(), times: count })),
  }),
  /** Something that cannot be read, in a sentence. */
  z.object({ kind: z.literal('unreadable'), sentence: z.string() }),
  /** One that was brought in; `missing`: files the export names and does not hold. */
  z.object({
    kind: z.literal('brought'),
    id: idSchema,
    title: z.string(),
    added: count,
    known: count,
    missing: count,
  }),
  /** One that was not, and why. */
  z.object({ kind: z.literal('failed'), id: idSchema, title: z.string(), sentence: z.string() }),
  /** Nothing more comes: all is done. Without it the answer was cut off. */
  z.object({ kind: z.literal('end') }),
  /** Nothing more comes: it could not go on. */
  z.object({ kind: z.literal('stopped'), sentence: z.string() }),
]);
export type ImportLine = z.infer<typeof importLineSchema>;
export type ImportPreview = Extract<ImportLine, { kind: 'conversation' }>;

export const EXPORT_FORMS = ['bough', 'markdown', 'html', 'openai', 'chatgpt'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** The path to `message`, what follows it too, or the whole conversation. */
export const EXPORT_PARTS = ['path', 'subtree', 'conversation'] as const;
export type ExportPart = (typeof EXPORT_PARTS)[number];

/** Forms that hold one conversation a file: several come as a zip with a file for each. */
const ZIPPED_FORMS = ['markdown', 'html'] as const;
/** Forms in which several conversations, or all, can be taken away. */
export const MANY_FORMS = ['bough', ...ZIPPED_FORMS, 'chatgpt'] as const;
export type ManyForm = (typeof MANY_FORMS)[number];
export const isZipped = (form: ExportForm): form is (typeof ZIPPED_FORMS)[number] =>
  ZIPPED_FORMS.some((one) => one === form);
/** The last file of a zip, where conversations could not be read: it says which and why. */
export const NOT_EXPORTED = 'Not exported.txt';

/** The query of `GET /api/export`. Without `conversation`: all of them, in one of `MANY_FORMS`. */
export const exportQuerySchema = z.strictObject({
  as: z.enum(EXPORT_FORMS),
  conversation: z.exactOptional(idSchema),
  part: z.exactOptional(z.enum(EXPORT_PARTS)),
  message: z.exactOptional(idSchema),
  /** `1`: what is hidden and asides, too. Bough's own form always has them. */
  hidden: z.exactOptional(z.literal('1')),
});
export type ExportQuery = z.infer<typeof exportQuerySchema>;

/**
 * The body of `POST /api/export`: these conversations in one file. Those that cannot be read say so in their place in it, in a zip in
 * `NOT_EXPORTED`.
 */
export const exportManySchema = z.strictObject({
  as: z.enum(MANY_FORMS),
  /** What is hidden and asides, too. Bough's own form always has them. */
  hidden: z.exactOptional(z.literal(true)),
  conversations: z.array(idSchema).check(z.minLength(1), z.maxLength(40_000)),
});
export type ExportMany = z.infer<typeof exportManySchema>;
