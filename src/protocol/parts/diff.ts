/** What an agent changed in a file, as it says it did. */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({
  kind: z.literal('diff'),
  /** The `call` it came of. */
  call: z.string(),
  path: z.string(),
  /** Null: the file is new. */
  before: z.nullable(z.string()),
  after: z.string(),
});
export type DiffPart = z.infer<typeof schema>;

export const diff: PartKind<DiffPart> = {
  kind: 'diff',
  schema,
  says: () => true,
  preview: ({ path }) => `Changes to ${path}`,
  plain: ({ path, after }) => `${path}\n${after}`,
  forModel: ({ path, before, after }) =>
    `[${before === null ? 'Wrote' : 'Changed'} ${path}. It now holds:\n${after}\n]`,
  tokens: ({ path, after }) => tokensOf(path + after),
};
