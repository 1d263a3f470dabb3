/** When files at the engine were used last: what is swept goes by it, as engines cannot list (docs/protocol.md, "Files"). */
import * as z from 'zod/mini';
import { count, v } from '../../protocol/fields.ts';
import { FILES, VERSION } from '../../protocol/index.ts';
import type { Engine } from '../engine/index.ts';
import { SharedList } from '../shared-list.ts';

const fileUseSchema = z.object({
  v,
  kind: z.literal('file'),
  /** SHA-256 of its content. */
  id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** When it was uploaded, sent, or let go of. */
  at: count,
  /** It goes now. */
  gone: z.optional(z.literal(true)),
});
type FileUse = z.infer<typeof fileUseSchema>;

interface UsedFile {
  readonly at: number;
  readonly gone: boolean;
}

export type UsedFiles = SharedList<UsedFile, FileUse>;

/** The latest counts; at the same time, that it is used. */
function merge(before: UsedFile | undefined, { at, ...said }: FileUse): UsedFile {
  const gone = said.gone === true;
  const isLater = !before || at > before.at || (at === before.at && before.gone && !gone);
  return isLater ? { at, gone } : before;
}

export function openUsedFiles(engine: Engine): UsedFiles {
  return new SharedList(engine, FILES, {
    schema: fileUseSchema,
    merge,
    snapshot: (id, { at, gone }) => (gone ? [] : [fileUse(id, at)]),
  });
}

export const fileUse = (id: string, at: number, gone = false): FileUse => ({
  v: VERSION,
  kind: 'file',
  id,
  at,
  ...(gone && { gone: true as const }),
});
