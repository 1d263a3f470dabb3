/**
 * For tests: starts the scripted provider (e2e/provider) in a process of its own. Whoever starts one ends it with `stop()`.
 * It stands here, and not there, because nothing in src/ imports from outside it (decision 0003).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One request as the provider saw it, in the order in which they came. */
export interface LoggedRequest {
  readonly method: string;
  /** After `/as/NAME` and `/v1`. */
  readonly path: string;
  /** With its question mark; empty: none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Or Anthropic's `x-api-key`. */
  readonly authorization: string | null;
  readonly body: Record<string, unknown>;
  /** Events sent so far. */
  frames: number;
  /** The client went before the answer was complete, and when (ms since the epoch). */
  aborted: boolean;
  abortedAt: number | null;
  /** How the provider itself ended its answer; null: it did not. */
  ending: 'end' | 'destroy' | null;
}

export interface ScriptedProvider {
  /** For OPENAI_BASE_URL. */
  readonly baseUrl: string;
  readonly port: number;
  readonly pid: number;
  /** A base URL under which every request gets this behaviour, whatever its model. Without `/v1` it is one of Ollama. */
  baseUrlAs(behaviour: string): string;
  log(): Promise<LoggedRequest[]>;
  stop(): Promise<void>;
}

const SERVER = join(import.meta.dirname, '../../../../e2e/provider/server.mjs');

/** @param at its port. Default: any free one. */
export async function startProvider(at = 0): Promise<ScriptedProvider> {
  const child = spawn(process.execPath, [SERVER, '--port', String(at)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) => Promise.reject(new Error(`The provider ended with ${code}.`)));
  const line = once(createInterface({ input: child.stdout }), 'line');
  const [said] = (await Promise.race([line, early])) as [string];
  early.catch(() => {});
  const { port } = JSON.parse(said) as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  return {
    baseUrl: `${origin}/v1`,
    port,
    pid: child.pid as number,
    baseUrlAs: (behaviour) => `${origin}/as/${encodeURIComponent(behaviour)}/v1`,
    log: async () => (await fetch(`${origin}/log`)).json() as Promise<LoggedRequest[]>,
    stop: async () => {
      // It ends itself when its input closes; a signal would say the same less politely.
      child.stdin.end();
      await ended;
    },
  };
}
