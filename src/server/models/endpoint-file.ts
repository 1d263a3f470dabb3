/** The endpoints a person added, in a file of the data folder that only its owner reads: it holds keys. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const endpoint = z.object({
  id: z.string(),
  kind: z.enum(['openai', 'anthropic', 'openai-compatible', 'ollama']),
  baseUrl: z.string(),
  name: z.string().optional(),
  key: z.string().optional(),
});
export type Endpoint = z.infer<typeof endpoint>;

const file = z.object({ v: z.literal(1), endpoints: z.array(endpoint) });

/** None where there is no file. @throws {Error} that repeats nothing of the file, when it cannot be read. */
export async function readEndpoints(path: string): Promise<readonly Endpoint[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return [];
  try {
    return file.parse(JSON.parse(text)).endpoints;
  } catch {
    throw new Error(`${path} is not what Bough wrote: mend it or take it away.`);
  }
}

/** Whole or not at all, also over a crash: written beside it with mode 0600, synced, then put in its place. */
export async function writeEndpoints(path: string, endpoints: readonly Endpoint[]): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      // The umask may have taken bits away, never added any; this makes it exact.
      await handle.chmod(0o600);
      await handle.writeFile(`${JSON.stringify({ v: 1, endpoints }, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
