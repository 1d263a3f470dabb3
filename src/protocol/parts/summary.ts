/** What stands for earlier messages when a model reads on from there (docs/protocol.md, "Kinds of forks"). */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({
  kind: z.literal('summary'),
  text: z.string(),
  /** The first and the last message it stands for. */
  covers: z.object({ from: idSchema, to: idSchema }),
  /** How many turns before it are still read word for word. */
  keep: z.int().check(z.nonnegative()),
  /** The system prompt in force there; null: none. Absent: nobody looked. */
  prompt: z.exactOptional(z.nullable(idSchema)),
  /** The server made it, for the message that follows: the conversation is set so. */
  unasked: z.exactOptional(z.boolean()),
});
export type SummaryPart = z.infer<typeof schema>;

const forModel = ({ text }: SummaryPart): string =>
  `[Summary of the conversation before this:]\n\n${text.trim()}`;

export const summary: PartKind<SummaryPart> = {
  kind: 'summary',
  schema,
  says: (part) => part.text.trim() !== '',
  preview: (part) => part.text,
  plain: (part) => part.text,
  forModel,
  tokens: (part) => tokensOf(forModel(part)),
};

/** What a header says of a summary; undefined for parts that are none. */
export function summaryFields(parts: readonly { readonly kind: string }[]) {
  const part = parts.find((one): one is SummaryPart => one.kind === 'summary');
  if (!part || !schema.safeParse(part).success) return undefined;
  const { text, covers, keep, prompt, unasked } = part;
  const more = { ...(prompt !== undefined && { prompt }), ...(unasked && { unasked }) };
  return { ...covers, keep, words: wordsIn(text), ...more };
}

/** Words as a person counts them: what stands between spaces. */
export const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** The text of the summary among parts; empty: there is none. */
export const summaryText = (parts: readonly { readonly kind: string }[]): string =>
  parts.map((part) => (part.kind === 'summary' ? (part as SummaryPart).text : '')).join('');
