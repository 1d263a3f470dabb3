/** A file, named by its content (docs/protocol.md, "Files"). Images and audio go to models as what they are, where they take any. */
import * as z from 'zod/mini';
import { isAudio, isImage } from '../files/files.ts';
import type { PartKind } from './kind.ts';
import { tokensOfBytes } from './tokens.ts';

const stored = {
  hash: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int().check(z.nonnegative()),
};
/** `original`: what was attached, where this was made of it for models. `seconds`: how long audio lasts. */
const schema = z.object({
  ...{ kind: z.literal('file'), ...stored, original: z.optional(z.object(stored)) },
  seconds: z.optional(z.number().check(z.nonnegative())),
});
export type FilePart = z.infer<typeof schema>;
export const filePartSchema = schema;

/** What providers count for an image, about. */
const IMAGE = 1_000;
/** A second of audio: Gemini counts 32, encoders of open models 12 to 25, OpenAI 10. */
const SECOND = 32;
/** Of audio that does not say how long it lasts: MP3 as most is. */
const BYTES_A_SECOND = 16_000;

export const file: PartKind<FilePart> = {
  kind: 'file',
  schema,
  says: () => true,
  preview: ({ name }) => name,
  plain: () => '',
  found: ({ name }) => name,
  forModel: ({ hash, name, type }, textOfFile) => {
    const content = textOfFile(hash);
    if (content === undefined) return `[The file “${name}” (${type}) is not shown to this model.]`;
    return `The file “${name}”:\n${fenced(content)}`;
  },
  tokens: (part) => {
    if (isAudio(part)) return Math.ceil(SECOND * (part.seconds ?? part.size / BYTES_A_SECOND));
    return isImage(part) ? IMAGE : tokensOfBytes(part.size);
  },
};

/** A text as a block of code that nothing in it ends. */
export function fenced(text: string, language = ''): string {
  const fence = fenceFor(text);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** Longer than any fence within. */
function fenceFor(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  return '`'.repeat(longest + 1);
}
