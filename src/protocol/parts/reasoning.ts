/** What a model thought before it answered. It is neither found nor copied, and goes back to that model alone (tree rule 10). */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({ kind: z.literal('reasoning'), text: z.string() });
type ReasoningPart = z.infer<typeof schema>;

export const reasoning: PartKind<ReasoningPart> = {
  kind: 'reasoning',
  schema,
  log: {
    takes: ['reasoning'],
    grow: (part, _of, more) => ({ kind: 'reasoning', ...part, text: (part?.text ?? '') + more }),
  },
  says: (part) => part.text.trim() !== '',
  preview: () => '',
  plain: () => '',
  forModel: () => '',
  tokens: (part) => tokensOf(part.text),
};
