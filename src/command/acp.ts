/** `bough acp`: serves an editor over standard input and output, from a running Bough or one of its own (docs/editors.md). */
import { Readable, Writable } from 'node:stream';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import type { Bough } from '../client/bough.ts';
import { serveEditor } from '../editors/agent.ts';
import { connectBough } from '../package/create-bough.ts';
import { HEALTH_PATH } from '../protocol/index.ts';
import { FolderError } from '../server/engine/embedded/folder-error.ts';
import { createLog } from '../server/log.ts';
import { settingsOfProcess } from '../server/process-settings.ts';
import { startServer } from '../server/server.ts';
import type { ServerSettings } from '../server/settings.ts';

interface Joined {
  readonly bough: Bough;
  readonly end: () => Promise<void>;
}

/** @returns an exit code, when the editor is gone */
export async function runAcp(version: string): Promise<number> {
  // Standard output is the protocol's.
  console.log = console.info = console.error;
  const joined = await join().catch((error: unknown) => error as Error);
  if (joined instanceof Error) {
    console.error(joined.message);
    return 1;
  }
  const { bough, end } = joined;
  const output = Writable.toWeb(process.stdout) as WritableStream<Uint8Array>;
  const input = Readable.toWeb(process.stdin) as unknown as ReadableStream<Uint8Array>;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.stdin.destroy());
  await serveEditor(ndJsonStream(output, input), { bough, version, say: (line) => console.error(line) });
  bough.dispose();
  await end();
  return 0;
}

async function join(): Promise<Joined> {
  const { BOUGH_URL: url, BOUGH_TOKEN: token } = process.env;
  if (url) return joinAt(url, token);
  const parsed = settingsOfProcess();
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'));
  const { publicUrl: _, ...settings } = parsed.settings;
  return startOne({ ...settings, host: '127.0.0.1', port: settings.port || DEFAULT }, token);
}

const DEFAULT = 4400;

/** Nobody but the editor reaches it. Where another Bough has the folder and is at the usual address, that one is joined. */
async function startOne(settings: ServerSettings, token: string | undefined): Promise<Joined> {
  try {
    const log = createLog({ level: 'error' });
    const { url, fetch, close } = await startServer(settings, { listen: false, log });
    return { bough: connectBough({ baseUrl: url, fetch }), end: close };
  } catch (error) {
    const url = `http://127.0.0.1:${settings.port}`;
    if (!(error instanceof FolderError && error.kind === 'in-use') || !(await isBough(url, token)))
      throw error;
    console.error(`Another Bough has the data folder: joined the one at ${url}. BOUGH_URL names another.`);
    return joinAt(url, token);
  }
}

function joinAt(url: string, token: string | undefined): Joined {
  if (!URL.canParse(url))
    throw new Error('BOUGH_URL is not an address: it takes one like http://127.0.0.1:4400.');
  const baseUrl = url.replace(/\/+$/, '');
  return { bough: connectBough({ baseUrl, ...(token && { token }) }), end: async () => {} };
}

async function isBough(url: string, token: string | undefined): Promise<boolean> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(url + HEALTH_PATH, { headers }).catch(() => undefined);
  return response?.ok ?? false;
}
