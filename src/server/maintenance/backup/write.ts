/** Makes a backup of a data folder, also while Bough runs in it. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openReaderAnywhere } from '../../engine/embedded/reader.ts';
import { createFileStore, storedHashes } from '../../files/index.ts';
import { gather } from './gather.ts';
import { BACKUP_FORMAT, BackupError, type Contents } from './lines.ts';
import { readBackup } from './read.ts';

export interface BackupOptions {
  /** Of the Bough that makes it; only told. */
  readonly version: string;
  /** Told how far it is. Default: nobody. */
  readonly onProgress?: (done: number, of: number) => void;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
}

export interface Made {
  readonly contents: Contents;
  readonly bytes: number;
  /** What is in the folder and could not be read whole, in sentences. The rest is in the backup. */
  readonly broken: readonly string[];
}

/**
 * Writes a backup of the data folder to `file`, which is there, whole and read back, or not at all. It holds every conversation
 * and attached file, and no keys.
 * @throws {BackupError} also when `file` is there already
 */
export async function writeBackup(data: string, file: string, options: BackupOptions): Promise<Made> {
  await refuseTaken(file);
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    const broken: string[] = [];
    await pipeline(
      textOf(data, options, broken),
      createGzip(),
      createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
    );
    await syncFile(draft);
    const contents = await verified(draft);
    await moveTo(draft, file);
    return { contents, bytes: (await stat(file)).size, broken };
  } catch (error) {
    throw explain(file, error);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Characters handed on at a time: most lines are short. */
const PIECE = 256 * 1024;

async function* textOf(data: string, options: BackupOptions, broken: string[]): AsyncIterable<string> {
  const hash = createHash('sha256');
  let piece = '';
  const contents = { conversations: 0, messages: 0, files: 0, streams: 0 };
  for await (const line of linesOf(data, options, { contents, broken })) {
    piece += `${JSON.stringify(line)}\n`;
    if (piece.length < PIECE) continue;
    hash.update(piece);
    yield piece;
    piece = '';
  }
  hash.update(piece);
  yield `${piece}${JSON.stringify({ complete: contents, sha256: hash.digest('hex') })}\n`;
}

interface Tally {
  readonly contents: { -readonly [K in keyof Contents]: number };
  readonly broken: string[];
}

async function* linesOf(
  data: string,
  { version, onProgress, now = Date.now }: BackupOptions,
  { contents, broken }: Tally,
): AsyncIterable<object> {
  yield { backup: 'bough', format: BACKUP_FORMAT, made: new Date(now()).toISOString(), version };
  const reader = await openReaderAnywhere(join(data, 'engine'));
  try {
    const notes = {
      conversation: ({ messages, of }: { messages: number; of: number }): void => {
        contents.conversations += 1;
        contents.messages += messages;
        onProgress?.(contents.conversations, of);
      },
      broken: (sentence: string): void => void broken.push(sentence),
    };
    for await (const { stream, base, appends } of gather(reader, notes, now())) {
      const { name, from, closed, gone } = stream;
      contents.streams += 1;
      yield { stream: name, from, closed, ...(gone && { gone }) };
      let tail: string | null = base;
      for await (const { items, end } of appends) {
        yield { items };
        tail = end;
      }
      yield { tail };
    }
    yield* filesOf(join(data, 'files'), { contents, broken });
  } finally {
    await reader.close();
  }
}

async function* filesOf(folder: string, { contents, broken }: Tally): AsyncIterable<object> {
  const store = createFileStore(folder);
  for (const hash of await storedHashes(folder)) {
    const file = await store.read(hash);
    // Swept meanwhile.
    if (!file) continue;
    if (createHash('sha256').update(file.bytes).digest('hex') !== hash) {
      broken.push(`The attached file ${hash} is damaged.`);
      continue;
    }
    contents.files += 1;
    yield { file: hash, content: Buffer.from(file.bytes).toString('base64') };
  }
}

/** What was written is what will be read one day. */
async function verified(draft: string): Promise<Contents> {
  let contents: Contents | undefined;
  for await (const line of readBackup(draft)) if ('complete' in line) contents = line.complete;
  if (!contents) throw new BackupError('The backup could not be read back.');
  return contents;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

async function refuseTaken(file: string): Promise<void> {
  const taken = await stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw explain(file, error);
    },
  );
  if (taken) throw isTaken(file);
}

const isTaken = (file: string): BackupError =>
  new BackupError(`There is a file ${file} already: choose another name. It was left as it is.`);

/** Never over another file. */
async function moveTo(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw isTaken(file);
    // A disk that has no second names for a file.
    await refuseTaken(file);
    await rename(draft, file);
  }
}

function explain(file: string, error: unknown): unknown {
  if (error instanceof BackupError) return error;
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupError(`The disk is full: no backup was written to ${file}.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupError(`The backup cannot be written to ${file}: check the folder's permissions.`, {
        cause: error,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new BackupError(`The backup cannot be written to ${file}: there is no such folder.`, {
        cause: error,
      });
    default:
      return error;
  }
}
