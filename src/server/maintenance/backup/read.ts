/** Reads a backup line by line; what it gives is only to be believed once it has given the last line. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { BACKUP_FORMAT, BackupError, type Line, lineSchema } from './lines.ts';

/** A longer line is none of ours: 64 MiB of an append, and what JSON adds. */
const LONGEST_LINE = 160 * 1024 * 1024;

/**
 * Every line, the last of them `complete`. Ends with an error, and not with a last line, when a byte is missing or another.
 * @throws {BackupError} a sentence that says what is wrong with the file
 */
export async function* readBackup(file: string): AsyncIterable<Line> {
  const hash = createHash('sha256');
  let last: Line | null = null;
  for await (const bytes of linesIn(file)) {
    if (last && 'complete' in last) throw changed(file);
    const line = parse(file, bytes);
    if (!last) checkFirst(file, line);
    if ('complete' in line) {
      if (line.sha256 !== hash.digest('hex')) throw changed(file);
    } else {
      hash.update(bytes);
      hash.update('\n');
    }
    last = line;
    yield line;
  }
  if (!last || !('complete' in last)) throw torn(file);
}

function parse(file: string, bytes: Buffer): Line {
  try {
    return lineSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw changed(file);
  }
}

function checkFirst(file: string, line: Line): void {
  if (!('backup' in line)) throw notOurs(file);
  if (line.format > BACKUP_FORMAT)
    throw new BackupError(
      `${file} was made by a newer Bough (format ${line.format}, this one knows ${BACKUP_FORMAT}): update Bough.`,
    );
}

const NEWLINE = 0x0a;

async function* linesIn(file: string): AsyncIterable<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of unpacked(file)) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      parts.push(chunk.subarray(from, at));
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
      from = at + 1;
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST_LINE) throw notOurs(file);
  }
  if (length > 0) throw torn(file);
}

async function* unpacked(file: string): AsyncIterable<Buffer> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  source.on('error', (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip) as AsyncIterable<Buffer>;
  } catch (error) {
    throw explain(file, error);
  } finally {
    source.destroy();
  }
}

const torn = (file: string): BackupError =>
  new BackupError(
    `${file} is not whole: it ends in the middle. Copy it once more, or take another backup. Nothing was changed.`,
  );
const changed = (file: string): BackupError =>
  new BackupError(
    `${file} is damaged, or was changed after it was made. Take another backup. Nothing was changed.`,
  );
const notOurs = (file: string): BackupError =>
  new BackupError(`${file} is no backup of Bough. Nothing was changed.`);

function explain(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return new BackupError(`There is no file ${file}.`);
    case 'EISDIR':
      return new BackupError(`${file} is a folder, not a backup.`);
    case 'EACCES':
      return new BackupError(`${file} cannot be read: check its permissions.`);
    case 'Z_BUF_ERROR':
      return torn(file);
    case 'Z_DATA_ERROR':
      return /incorrect header check/.test(message) ? notOurs(file) : changed(file);
    default:
      return error;
  }
}
