/** The access tokens in the data folder: their hashes, in a file that only its owner reads. */
import { chmod, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { scopeSchema } from '../../protocol/access.ts';
import { writeOwnFile } from '../whole-file.ts';

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
export type StoredToken = z.infer<typeof stored>;

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
    return file.parse(JSON.parse(text)).tokens;
  } catch {
    throw new Error(
      `${path} is not what Bough wrote. Mend it, or take it away: then all access tokens are gone.`,
    );
  }
}

export function writeTokens(path: string, tokens: readonly StoredToken[]): Promise<void> {
  return writeOwnFile(path, `${JSON.stringify({ v: 1, tokens }, null, 2)}\n`);
}
