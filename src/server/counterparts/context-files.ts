/** The files that go to a model with its context. */
import { filesOf, type Message } from '../../protocol/index.ts';
import type { FileContent, FileContents } from './port.ts';

/** Most bytes of files in one request: providers take about 30 MB, and images grow by a third on the way. */
export const CONTEXT_FILES_LIMIT = 20_000_000;

/**
 * What the files of the messages hold, by hash: the newest first, until `limit` bytes are reached. Files that are gone or
 * beyond the limit are not in it. Rejects as `read` does.
 */
export async function contentsOf(
  messages: readonly Message[],
  read: (hash: string) => Promise<FileContent | null>,
  limit = CONTEXT_FILES_LIMIT,
): Promise<FileContents> {
  const contents = new Map<string, FileContent>();
  let left = limit;
  for (const { hash, size } of messages.flatMap(({ parts }) => filesOf(parts)).reverse()) {
    if (contents.has(hash)) continue;
    if (size > left) break;
    const content = await read(hash);
    if (content) contents.set(hash, content);
    left -= size;
  }
  return contents;
}
