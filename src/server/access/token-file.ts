/** The access tokens in the data folder: their hashes, in a file that only its owner reads. */
import { chmod, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { scopeSchema } from '../../protocol/requests/access.ts';
import { writeOwnFile } from '../whole-file.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

const stored = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopeSchema.options),
  conversation: z.string().optional(),
  answers: z.object({ source: z.string(), id: z.string() }).optional(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  created: z.number(),
  used: z.number().optional(),
});

const file = z.object({ v: z.literal(1), tokens: z.array(stored) });

/** None where there is no file. @throws {Error} with what to do, when it cannot be read: then nobody gets in. */
export async function readTokens(path: string): Promise<readonly StoredToken[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Error(`The access tokens cannot be read: ${error.message}.`, { cause: error });
  });
  if (text === null) return [];
  await chmod(path, 0o600);
  try {
    return file.parse(JSON.parse(text)).tokens as readonly StoredToken[];
  } catch {
    throw new Error(
      `${path} is not what Bough wrote. Mend it, or take it away: then all access tokens are gone.`,
    );
  }
}

export function writeTokens(path: string, tokens: readonly StoredToken[]): Promise<void> {
  return writeOwnFile(path, `${JSON.stringify({ v: 1, tokens }, null, 2)}\n`);
}

/** Of a server whose conversations are in its data folder. @throws {Error} as `readTokens` */
export async function openTokenFile(path: string): Promise<TokenStore> {
  let tokens = await readTokens(path);
  let writing: Promise<void> = Promise.resolve();
  const listeners: ((id: string) => void)[] = [];

  /** One change at a time; what could not be stored did not happen. */
  const change = (changed: (tokens: readonly StoredToken[]) => readonly StoredToken[]): Promise<void> => {
    const run = writing.then(async () => {
      const next = changed(tokens);
      if (next === tokens) return;
      await writeTokens(path, next);
      tokens = next;
    });
    writing = run.catch(() => {});
    return run;
  };

  return {
    tokens: () => tokens,
    fresh: async () => {},
    add: (token) => change((before) => [...before, token]),
    async remove(id) {
      await change((before) =>
        before.some((each) => each.id === id) ? before.filter((each) => each.id !== id) : before,
      );
      for (const listener of listeners) listener(id);
    },
    use(id, hour) {
      const used = (each: StoredToken) => (each.id === id ? { ...each, used: hour } : each);
      tokens = tokens.map(used);
      return change((before) => before.map(used));
    },
    onRemoved: (listener) => void listeners.push(listener),
    close: () => writing,
  };
}
