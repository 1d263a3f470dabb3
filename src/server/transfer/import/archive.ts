/** What was given to import: one JSON or JSONL file, or a zip with such files and what belongs to them. Read by streams, never unpacked. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Entry, ZipFile } from 'yauzl';

/** A JSON or JSONL file in it. */
export interface ExportFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly read: () => Promise<AsyncIterable<Uint8Array>>;
}

export interface Archive {
  readonly files: readonly ExportFile[];
  /** Another file, by what the export calls it; undefined: it is not there. */
  readonly find: (keys: readonly string[]) => ExportFile | undefined;
  readonly close: () => void;
}

/** What is given cannot be read; the message is a sentence for people. */
export class NotReadable extends Error {}

/** @throws {NotReadable} */
export async function openArchive(path: string, name: string): Promise<Archive> {
  const file = await open(path);
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  await file.close();
  if (size === 0) throw new NotReadable(`${name} is empty.`);
  if (bytesRead === 4 && buffer.readUInt32LE(0) === ZIP) return openZip(path, name);
  const only = { name, size, read: async () => createReadStream(path) };
  return { files: [only], find: () => undefined, close: () => {} };
}

/** `PK\3\4` */
const ZIP = 0x04034b50;
/** More names than any export has; a list of them is kept in memory. */
const MOST_ENTRIES = 500_000;

async function openZip(path: string, name: string): Promise<Archive> {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(() => {
    throw new NotReadable(`${name} cannot be unpacked: it is cut off or damaged.`);
  });
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new NotReadable(`${name} is locked with a password. Unpack it first.`);
      if (entries.length === MOST_ENTRIES)
        throw new NotReadable(`${name} holds more than ${MOST_ENTRIES} files.`);
      if (!entry.fileName.endsWith('/')) entries.push(entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof NotReadable
      ? error
      : new NotReadable(`${name} is damaged: ${(error as Error).message}.`);
  }
  const files = entries.filter(isJson).map((entry) => asFile(zip, entry));
  return { files: conversationsOf(files), find: finderOf(zip, entries), close: () => zip.close() };
}

const isJson = ({ fileName }: Entry): boolean =>
  /\.(json|jsonl)$/i.test(fileName) && !/(^|\/)(__MACOSX\/|\._)/.test(fileName);

const asFile = (zip: ZipFile, entry: Entry): ExportFile => ({
  name: entry.fileName,
  size: entry.uncompressedSize,
  read: () => zip.openReadStreamPromise(entry),
});

/** ChatGPT's and Claude's archives have files about other things beside the conversations. */
function conversationsOf(files: readonly ExportFile[]): readonly ExportFile[] {
  const named = files.filter(({ name }) => /(^|\/)conversations([-_]\d+)?\.json$/i.test(name));
  return (named.length > 0 ? named : files).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** By the whole name, by its last part, and by an id that stands in it (`file-abc123-photo.png`, `file_00ab.dat`). */
function finderOf(zip: ZipFile, entries: readonly Entry[]): Archive['find'] {
  const byKey = new Map<string, Entry>();
  const keep = (key: string, entry: Entry): void => {
    if (!byKey.has(key)) byKey.set(key, entry);
  };
  for (const entry of entries) {
    const base = entry.fileName.split('/').at(-1) ?? '';
    for (const key of [entry.fileName, base, base.replace(/\.[^.]*$/, '')]) keep(key, entry);
    for (const [id] of entry.fileName.matchAll(
      /file[-_][A-Za-z0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    ))
      keep(id, entry);
  }
  return (keys) => {
    const entry = keys.map((key) => byKey.get(key)).find((found) => found !== undefined);
    return entry && asFile(zip, entry);
  };
}
