/** Several texts as the files of one zip, made while it is read: memory follows the largest of them. */
import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate } from 'fflate';

export interface TextFile {
  readonly name: string;
  /** ms since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** UTF-16 units that are packed between two turns of the event loop: some 5 ms. */
const AT_ONCE = 128 * 1024;
/** What fits in a zip that every program opens: fewer than 65,535 files, less than 4 GB. Room is left for its list of files. */
const MOST_FILES = 60_000;
const MOST_BYTES = 3_900_000_000;
/** The times a zip can hold, as MS-DOS had them. */
const FIRST_TIME = Date.UTC(1980, 0, 2);
const LAST_TIME = Date.UTC(2099, 11, 30);

/** @param files gives them one after the other, under names that differ; no more of size once the zip `isFull` */
export async function* zipped(
  files: (isFull: () => boolean) => AsyncIterable<TextFile>,
): AsyncGenerator<Uint8Array, void> {
  let made: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, bytes) => {
    failure ??= error;
    made.push(bytes);
  });
  let [count, bytes] = [0, 0];
  for await (const { name, time, text } of files(() => count >= MOST_FILES || bytes >= MOST_BYTES)) {
    const mtime = new Date(Math.min(Math.max(time, FIRST_TIME), LAST_TIME));
    const file = Object.assign(new ZipDeflate(name, { level: 6 }), { mtime });
    zip.add(file);
    for (const piece of piecesOf(text)) {
      file.push(piece, false);
      yield* taken();
      await setImmediate();
    }
    file.push(new Uint8Array(), true);
    yield* taken();
    count += 1;
  }
  zip.end();
  yield* taken();

  function* taken(): Generator<Uint8Array> {
    if (failure) throw failure;
    const pieces = made;
    made = [];
    for (const piece of pieces) {
      bytes += piece.length;
      yield piece;
    }
  }
}

/** In UTF-8, no character cut in two. */
function* piecesOf(text: string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  while (at < text.length) {
    let end = Math.min(text.length, at + AT_ONCE);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end += 1;
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}

/** Names of files in one folder, wherever it is unpacked: also where case, or the form of an accent, tells no two apart. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** @param ending with its dot */
  take(name: string, ending: string): string {
    for (let n = 1; ; n += 1) {
      const tried = `${name}${n === 1 ? '' : ` (${n})`}${ending}`;
      const same = tried.normalize('NFKC').toLowerCase();
      if (this.#taken.has(same)) continue;
      this.#taken.add(same);
      return tried;
    }
  }
}
