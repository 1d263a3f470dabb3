/** For tests: a zip with files as they are, and an import on an engine in memory. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of files by name, each compressed. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer<ArrayBuffer> {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const named = Buffer.from(name);
    // What both headers say: version, UTF-8 names, deflate, no date, checksum, sizes, length of the name.
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x0800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(named.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, named, packed]);
    const listed = Buffer.alloc(46);
    listed.write('PK\x01\x02', 0, 'latin1');
    about.copy(listed, 6);
    listed.writeUInt32LE(at, 42);
    entries.push(entry);
    directory.push(listed, named);
    at += entry.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...entries, ...directory, end]);
}

/** A folder for the length of a test, and a way to put files there. */
export async function folderFor(): Promise<{
  path: string;
  put: (name: string, content: string | Uint8Array) => Promise<string>;
  clear: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-transfer-'));
  return {
    path: folder,
    put: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
