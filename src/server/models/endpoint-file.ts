/** The endpoints a person added, in a file of the data folder that only its owner reads: it holds keys. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { API_KINDS } from '../../protocol/index.ts';
import { writeOwnFile } from '../whole-file.ts';

const endpoint = z.object({
  id: z.string(),
  kind: z.enum(API_KINDS),
  baseUrl: z.string(),
  name: z.string().optional(),
  key: z.string().optional(),
  keyHeader: z.string().optional(),
  models: z.array(z.string()).optional(),
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

/** @throws when it cannot be written; what was there stays. */
export function writeEndpoints(path: string, endpoints: readonly Endpoint[]): Promise<void> {
  return writeOwnFile(path, `${JSON.stringify({ v: 1, endpoints }, null, 2)}\n`);
}
