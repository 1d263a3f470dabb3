/** Files of messages: uploaded first, then referred to by the SHA-256 of their content (docs/protocol.md, "Files"). */
import * as z from 'zod/mini';

/** `POST` uploads, `GET` under it by hash reads. */
export const FILES_PATH = '/api/files';

/** In bytes. An image is PNG, JPEG, GIF or WebP. What is neither that nor audio must be text in UTF-8. */
export const IMAGE_LIMIT = 10_000_000;
/** In bytes, of MP3 or WAV: 41 minutes at 64 kbit/s, 10 of WAV as it is made here. */
export const AUDIO_LIMIT = 20_000_000;
/** In bytes, of any file that is neither an image nor audio. */
export const TEXT_FILE_LIMIT = 1_000_000;
/** Most files of one message. */
export const FILES_LIMIT = 10;
/**
 * In bytes, of an original: what was attached, where something else of it goes to the model (a picture made smaller, a document as text). Of
 * any kind; it is stored with its message and only ever saved again.
 */
export const ORIGINAL_LIMIT = 30_000_000;
/** `POST` with it stores an original. */
export const ORIGINAL_QUERY = '?as=original';
const NAME_LIMIT = 200;

/** The type of every file that is no image. */
export const TEXT_TYPE = 'text/plain';

const hashSchema = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'A file is named by its SHA-256.'));

/** What an upload answers: the type is what the content is, whatever the file was called. `seconds`: how long audio lasts. */
export const storedFileSchema = z.object({
  ...{ hash: hashSchema, type: z.string(), size: z.int() },
  seconds: z.optional(z.number().check(z.nonnegative())),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

const ref = {
  hash: hashSchema,
  name: z.string().check(z.minLength(1), z.maxLength(NAME_LIMIT), z.regex(/^[^\p{Cc}]+$/u)),
};

/** A file as a command names it, with what it was made of. The server knows their types and sizes. */
export const fileRefSchema = z.strictObject({ ...ref, original: z.optional(z.object(ref)) });
export type FileRef = z.infer<typeof fileRefSchema>;

/** Where a file is read. @param hash SHA-256 in hex */
export const filePath = (hash: string): string => `${FILES_PATH}/${hash}`;

/** True for 64 lower-case hex digits, the form of every file’s name. */
export const isHash = (text: string): boolean => hashSchema.safeParse(text).success;

export const isImage = ({ type }: { readonly type: string }): boolean => type.startsWith('image/');

const AUDIO_TYPES: ReadonlySet<string> = new Set(['audio/mpeg', 'audio/wav']);

/** Audio as models take it: MP3 and WAV are what all of them do (decision 0266). */
export const isAudio = ({ type }: { readonly type: string }): boolean => AUDIO_TYPES.has(type);

/** A name that `fileRefSchema` takes: control characters folded, cut in the middle so that its ending stays. */
export function fileName(name: string): string {
  const clean = name.replace(/[\p{Cc}\s]+/gu, ' ').trim() || 'file';
  if (clean.length <= NAME_LIMIT) return clean;
  return `${clean.slice(0, NAME_LIMIT - 31).replace(/[\uD800-\uDBFF]$/, '')}…${clean.slice(-30).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
