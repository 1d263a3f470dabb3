/** What was said elsewhere, brought here by a person (docs/protocol.md, "Kinds of forks"). What it names need not be there any more. */
import * as z from 'zod/mini';
import type { Author } from '../../tree/types.ts';
import { authorSchema, knownAuthorSchema } from '../author.ts';
import { idSchema } from '../ids.ts';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

/** Most quotes of one message. */
export const QUOTES_LIMIT = 10;

/** A quote as a command names it, and a draft keeps it. */
export const quoteSchema = z.object({
  /** The message it is of. */
  of: z.object({ conversation: idSchema, message: idSchema }),
  /** Who wrote that message, or the summary. */
  author: knownAuthorSchema,
  /** Its words, or some of them. */
  text: z.string().check(z.minLength(1)),
  /** The words are a summary of what was said up to the message, on its branch or all of it. */
  summary: z.exactOptional(z.boolean()),
});
export type Quote = z.infer<typeof quoteSchema>;

const schema = z.extend(quoteSchema, { kind: z.literal('quote'), author: authorSchema });
export type QuotePart = z.infer<typeof schema>;

export const quote: PartKind<QuotePart> = {
  kind: 'quote',
  schema,
  says: () => true,
  preview: ({ text }) => `“${text}”`,
  plain: ({ text }) => quoted(text),
  forModel: (part) => `${introduction(part)}\n${quoted(part.text)}`,
  tokens: (part) => tokensOf(introduction(part) + quoted(part.text)),
};

/** The quotes among parts, in their order, as they can be said again. */
export function quotesOf(parts: readonly { readonly kind: string }[]): Quote[] {
  return parts.filter((part): part is QuotePart => part.kind === 'quote').map(quoteOf);
}

export function quoteOf({ of, author, text, summary }: QuotePart): Quote {
  return { of, author: knownAuthor(author), text, ...(summary !== undefined && { summary }) };
}

/** Who is of a kind that only a later version knows is called by name. */
export function knownAuthor(author: Author): Quote['author'] {
  if (author.kind === 'user' || author.kind === 'model' || author.kind === 'external') return author;
  return { kind: 'external', name: author.name ?? 'Somebody' };
}

/** Every line is marked, so that nothing in a quote can pass for what is said around it. */
const quoted = (text: string): string => text.replace(/^/gm, '> ');

function introduction({ author, summary }: QuotePart): string {
  const name = author.kind === 'user' ? 'the user' : oneLine(author.name ?? 'somebody');
  return summary
    ? `[Quoted from a summary of messages of another place, by ${name}:]`
    : `[Quoted from a message of ${name}:]`;
}

/** Names come from anywhere. */
const oneLine = (name: string): string => name.replace(/\s+/g, ' ').slice(0, 100);
