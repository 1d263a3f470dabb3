/** The files that go to a model with its context. */
import { type FilePart, filesOf, isAudio, isImage, type Message, TEXT_TYPE } from '../../protocol/index.ts';
import type { FileContent, FileContents } from './port.ts';

/** Most bytes of files in one request: providers take about 30 MB, and images grow by a third on the way. */
const CONTEXT_FILES_LIMIT = 20_000_000;

export interface ContextFiles {
  /** What the files hold, by hash. */
  readonly files: FileContents;
  /** The files that a model would have read and that are not stored here, as they were said first. */
  readonly missing: readonly FilePart[];
}

/**
 * What the files of the messages hold: the newest first, until `limit` bytes are reached; what is beyond that is in neither
 * list. Rejects as `read` does.
 */
export async function contentsOf(
  messages: readonly Message[],
  read: (hash: string) => Promise<FileContent | null>,
  limit = CONTEXT_FILES_LIMIT,
): Promise<ContextFiles> {
  const contents = new Map<string, FileContent>();
  const missing = new Map<string, FilePart>();
  let left = limit;
  for (const file of messages.flatMap(readIn).reverse()) {
    const { hash, size } = file;
    if (contents.has(hash) || missing.has(hash)) continue;
    if (size > left) break;
    const content = await read(hash);
    if (content) {
      contents.set(hash, content);
      left -= size;
    } else missing.set(hash, file);
  }
  return { files: contents, missing: [...missing.values()].reverse() };
}

/** Pictures of replies are named to models, never shown; so is what is neither a picture, audio nor text. */
function readIn({ role, parts }: Message): readonly FilePart[] {
  return filesOf(parts).filter(
    (file) => file.type === TEXT_TYPE || (role === 'user' && (isImage(file) || isAudio(file))),
  );
}
