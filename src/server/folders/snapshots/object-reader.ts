/** Reads objects of a repository while something is done with it, by one process of git. */
import type { Git } from '../git.ts';

interface GitObject {
  readonly id: string;
  readonly kind: string;
  readonly content: Buffer;
}

export interface ObjectReader {
  /** @param name without line breaks. Null: there is none of that name. @throws {FolderTrouble} */
  read(name: string): Promise<GitObject | null>;
  /** To be called once nothing more is asked; resolves when git has ended. Never throws. */
  end(): Promise<void>;
}

interface ObjectQuestion {
  readonly answer: (found: GitObject | null) => void;
  readonly fail: (error: unknown) => void;
}

/** Of all that is read together. */
export interface ReadingLimits {
  /** ms. Default: as for any call of git. */
  readonly patience?: number;
  /** Bytes. Default: as for any call of git. */
  readonly limit?: number;
}

/** @param cwd a person's working tree */
export function objectReader(git: Git, cwd: string, limits: ReadingLimits = {}): ObjectReader {
  const asked: ObjectQuestion[] = [];
  let chunks: Buffer[] = [];
  let [size, needed] = [0, 1];
  let failure: unknown;
  const talk = git.talk({ args: ['cat-file', '--batch'], cwd, ...limits }, (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const said = Buffer.concat(chunks);
      const next = objectIn(said);
      needed = next.object === undefined ? next.length : 1;
      const rest = next.object === undefined ? said : said.subarray(next.length);
      [chunks, size] = [[rest], rest.length];
      if (next.object !== undefined) asked.shift()?.answer(next.object);
    }
  });
  const ended = talk.ended.then(
    () => new Error('git cat-file ended before it had answered.'),
    (error: unknown) => error,
  );
  const over = ended.then((error) => {
    failure = error;
    for (const { fail } of asked.splice(0)) fail(error);
  });
  return {
    read: (name) =>
      new Promise((answer, fail) => {
        if (failure) return fail(failure);
        asked.push({ answer, fail });
        talk.say(`${name}\n`);
      }),
    end: () => {
      talk.say(null);
      return over;
    },
  };
}

/** The first answer in what git has said, and how long it is; undefined: it is not all there before git has said so much. */
function objectIn(said: Buffer): { readonly object?: GitObject | null; readonly length: number } {
  const line = said.indexOf('\n');
  if (line < 0) return { length: said.length + 1 };
  const [, id = '', kind = '', size] =
    /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(said.toString('latin1', 0, line)) ?? [];
  if (size === undefined) return { object: null, length: line + 1 };
  const end = line + 1 + Number(size);
  if (said.length <= end) return { length: end + 1 };
  return { object: { id, kind, content: said.subarray(line + 1, end) }, length: end + 1 };
}
