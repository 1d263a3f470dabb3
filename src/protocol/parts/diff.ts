/** What an agent changed in a file, as it says it did. */
import * as z from 'zod/mini';
import { is } from '../fields.ts';
import { call, callState } from './call.ts';
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

/** Paths that fit into a header. */
const CHANGED = 20;
const SORTS: ReadonlySet<string> = new Set(['edit', 'delete', 'move']);

/** Files that a message says an agent changed: by what it shows of them, or by what it did to them. */
export function changedIn(parts: readonly { readonly kind: string }[]): readonly string[] {
  const paths = parts.flatMap((part): readonly string[] => {
    if (is(schema, part)) return [part.path];
    if (!is(call.schema, part) || !SORTS.has(part.sort ?? '')) return [];
    return callState(part) === 'completed' ? (part.files ?? []).map(({ path }) => path) : [];
  });
  return [...new Set(paths)].slice(0, CHANGED);
}
