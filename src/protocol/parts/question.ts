/** Something a reply asks a person before it goes on: a choice between options (docs/protocol.md, "Questions"). */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const short = z.string().check(z.minLength(1), z.maxLength(200));

const schema = z.object({
  kind: z.literal('question'),
  /** Unique in its reply; what an answer names. */
  id: short,
  /** `permission` to do something, or another question. */
  asks: z.enum(['permission', 'question']),
  title: z.string(),
  /** In full what it is about: a command, a text. Absent: the title says all. */
  detail: z.exactOptional(z.string()),
  /** To be filled in before an option of the kind `accept` is chosen: fields of question-fields.ts, which reads them. */
  fields: z.exactOptional(z.readonly(z.array(z.unknown()))),
  /** An address, opened by choosing the option of the kind `accept`. */
  link: z.exactOptional(z.string()),
  /** In the order in which they are offered. `kind`: what the one who asks calls its sort, as `allow_once`. */
  options: z
    .readonly(z.array(z.object({ id: short, name: z.string(), kind: z.exactOptional(z.string()) })))
    .check(z.minLength(1)),
  /** Absent: it waits for one. Without `option`: the question was taken back. */
  answer: z.exactOptional(
    z.object({
      option: z.exactOptional(short),
      /** What was filled in, by the names of fields. */
      values: z.exactOptional(z.record(z.string(), z.unknown())),
      at: z.number(),
    }),
  ),
});
export type QuestionPart = z.infer<typeof schema>;

export const question: PartKind<QuestionPart> = {
  kind: 'question',
  schema,
  says: () => true,
  preview: ({ title }) => title,
  plain: (part) => `${part.title}\n${outcome(part)}`,
  forModel: (part) => `[Asked a person: ${part.title} ${outcome(part)}]`,
  tokens: ({ title, options }) => tokensOf(title + options.map(({ name }) => name).join()),
};

/** The name of the option that was chosen; null: none (yet). */
export function chosen({ options, answer }: QuestionPart): string | null {
  return options.find(({ id }) => id === answer?.option)?.name ?? null;
}

/** The first question that waits for an answer, of the parts of a reply that is being written. */
export function openQuestion(parts: readonly { readonly kind: string }[]): QuestionPart | undefined {
  return parts.find((part): part is QuestionPart => part.kind === 'question' && !('answer' in part));
}

/** What was filled in may be anything, also what JavaScript makes no text of. */
export const textOfAnswer = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

function outcome(part: QuestionPart): string {
  const answer = chosen(part);
  if (answer === null) return '(not answered)';
  const filled = Object.entries(part.answer?.values ?? {}).map(
    ([name, value]) => `${name}: ${textOfAnswer(value)}`,
  );
  return `(answered: ${[answer, ...filled].join('; ')})`;
}
