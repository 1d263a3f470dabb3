/** Puts a backup into an empty data folder. */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseStream } from '../../../protocol/index.ts';
import { type BulkWriter, openBulk } from '../../engine/embedded/bulk.ts';
import { claimEmpty, UNFINISHED } from '../../engine/embedded/folder.ts';
import { createFileStore, type FileStore } from '../../files/index.ts';
import { BackupError, type Contents, type Line } from './lines.ts';
import { readBackup } from './read.ts';

export interface Restored {
  readonly contents: Contents;
  /** When the backup was made, as ISO 8601. */
  readonly made: string;
}

/**
 * Restores `file` into `data`, which is made if it is not there. The backup is read through before anything is written, and what was
 * written of one that cannot be restored after all is taken away again.
 * @throws {BackupError} the backup
 * @throws {FolderError} the folder: it is not empty, in use, cannot be written
 */
export async function restoreBackup(
  file: string,
  data: string,
  onProgress: (streams: number, of: number) => void = () => {},
): Promise<Restored> {
  const restored = await checked(file);
  const folder = await claimEmpty(data);
  try {
    await clear(data);
    await writeFile(join(data, UNFINISHED), `${JSON.stringify({ from: file })}\n`, { mode: 0o600 });
    await writeAll(file, data, (streams) => onProgress(streams, restored.contents.streams));
    await folder.mark();
    await rm(join(data, UNFINISHED));
    return restored;
  } catch (error) {
    await clear(data);
    throw error;
  } finally {
    await folder.release();
  }
}

/** What a restore writes: nothing else was in the folder. */
async function clear(data: string): Promise<void> {
  for (const name of ['engine', 'files', UNFINISHED]) {
    await rm(join(data, name), { recursive: true, force: true });
  }
}

async function checked(file: string): Promise<Restored> {
  const rules = new Rules(file);
  let made = '';
  let contents: Contents | undefined;
  for await (const line of readBackup(file)) {
    rules.check(line);
    if ('made' in line) made = line.made;
    if ('complete' in line) contents = line.complete;
  }
  if (!contents) throw unfit(file, 'it has no end');
  return { contents, made };
}

/** What a line may follow, and what it may say. A checksum shows accidents; this is for files somebody made. */
class Rules {
  readonly #file: string;
  readonly #streams = new Set<string>();
  #inside = false;

  constructor(file: string) {
    this.#file = file;
  }

  check(line: Line): void {
    const isPart = 'items' in line || 'tail' in line;
    if (isPart !== this.#inside) throw unfit(this.#file, 'its lines are in another order');
    if ('stream' in line) this.#checkStream(line);
    if ('file' in line) this.#checkFile(line);
    if ('tail' in line) this.#inside = false;
  }

  #checkStream({ stream, from }: Extract<Line, { stream: string }>): void {
    if (!parseStream(stream)) throw unfit(this.#file, `${JSON.stringify(stream)} is no stream`);
    if (this.#streams.has(stream)) throw unfit(this.#file, `${stream} is in it twice`);
    if (from && !this.#streams.has(from.stream))
      throw unfit(this.#file, `${stream} leaves a stream that is not in it`);
    this.#streams.add(stream);
    this.#inside = true;
  }

  #checkFile({ file, content }: Extract<Line, { file: string }>): void {
    const bytes = Buffer.from(content, 'base64');
    if (createHash('sha256').update(bytes).digest('hex') !== file)
      throw unfit(this.#file, 'an attached file is another');
  }
}

const unfit = (file: string, why: string): BackupError =>
  new BackupError(`${file} cannot be restored: ${why}. Nothing was changed.`);

async function writeAll(file: string, data: string, onStream: (streams: number) => void): Promise<void> {
  const bulk = await openBulk(join(data, 'engine'));
  try {
    const files = createFileStore(join(data, 'files'));
    await writeLines(file, { bulk, files, onStream });
    await bulk.end();
  } finally {
    await bulk.close();
  }
}

interface Into {
  readonly bulk: BulkWriter;
  readonly files: FileStore;
  readonly onStream: (streams: number) => void;
}

type Lines = AsyncIterator<Line, undefined>;

async function writeLines(file: string, { bulk, files, onStream }: Into): Promise<void> {
  const lines = readBackup(file)[Symbol.asyncIterator]() as Lines;
  let streams = 0;
  for (let line = await next(lines); line; line = await next(lines)) {
    if ('file' in line) await addFile(file, files, line);
    if (!('stream' in line)) continue;
    const { stream: name, from, closed, gone = false } = line;
    let tail: string | null | undefined;
    const end = await bulk.add(
      { name, from, closed, gone },
      appendsIn(lines, (said) => (tail = said)),
    );
    if (tail !== null && end !== tail) throw unfit(file, `${name} has other offsets than it had`);
    streams += 1;
    onStream(streams);
  }
}

const next = async (lines: Lines): Promise<Line | undefined> => (await lines.next()).value;

/** Up to the line that says where the stream ends. */
async function* appendsIn(
  lines: Lines,
  ended: (tail: string | null) => void,
): AsyncIterable<readonly unknown[]> {
  for (let line = await next(lines); line; line = await next(lines)) {
    if ('tail' in line) return ended(line.tail);
    if ('items' in line) yield line.items;
  }
}

async function addFile(
  backup: string,
  files: FileStore,
  { file, content }: Extract<Line, { file: string }>,
): Promise<void> {
  const { hash } = await files.add([Buffer.from(content, 'base64')], 'original');
  if (hash !== file) throw unfit(backup, 'an attached file is another');
}
