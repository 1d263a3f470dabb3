/** Words: what a person typed, what a model answered. */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({ kind: z.literal('text'), text: z.string() });
type TextPart = z.infer<typeof schema>;

export const text: PartKind<TextPart> = {
  kind: 'text',
  schema,
  log: {
    takes: ['text'],
    grow: (part, _of, more) => ({ kind: 'text', ...part, text: (part?.text ?? '') + more }),
  },
  says: (part) => part.text.trim() !== '',
  preview: (part) => part.text,
  plain: (part) => part.text,
  forModel: (part) => part.text,
  tokens: (part) => tokensOf(part.text),
};
