/**
 * Where the Bough that has a data folder listens: `running.json` in it, while it runs. It says no more than what the lock protects: whoever
 * finds it asks there, and a file that a crash left leads nowhere.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOwnFile } from './whole-file.ts';

const pathIn = (data: string): string => join(data, 'running.json');

/** The caller takes it away again. */
export async function sayRunning(data: string, url: string): Promise<() => Promise<void>> {
  await writeOwnFile(pathIn(data), JSON.stringify({ url, pid: process.pid }));
  return () => rm(pathIn(data), { force: true });
}

/** Undefined where none answers. @param patience in ms */
export async function runningAt(data: string, patience = 3_000): Promise<string | undefined> {
  const text = await readFile(pathIn(data), 'utf8').catch(() => null);
  const url = text === null ? undefined : urlIn(text);
  if (url === undefined) return undefined;
  // Also one that asks for a token answers.
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(patience) }).catch(
    () => null,
  );
  return answer ? url : undefined;
}

/** The process id it has, or had where it was killed: in its own container, if it is in one. */
export async function pidOfRunning(data: string): Promise<number | undefined> {
  const text = await readFile(pathIn(data), 'utf8').catch(() => 'null');
  try {
    const { pid } = JSON.parse(text) as { pid?: unknown };
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

function urlIn(text: string): string | undefined {
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    return typeof url === 'string' && /^http:\/\/[^/]+$/.test(url) ? url : undefined;
  } catch {
    return undefined;
  }
}
