/** A Bough for the length of a command: the one that runs on the data folder, else one that is started for that alone. */
import { createLog } from '../log.ts';
import { runningAt } from '../running-file.ts';
import { startServer } from '../server.ts';
import type { ServerSettings } from '../settings.ts';

export interface TransferAround {
  readonly settings: ServerSettings;
  readonly cwd: string;
  readonly say: (line: string) => void;
  /** Default: nobody watches. */
  readonly progress?: (line: string) => void;
  /** Of an owner, where the running Bough asks for one. */
  readonly token?: string | undefined;
}

/** What a person can change; its message is a sentence. */
export class CannotTransfer extends Error {
  /** What the running Bough answered, if it did. */
  readonly code: string | undefined;

  constructor(sentence: string, code?: string) {
    super(sentence);
    this.code = code;
  }
}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** A command that was understood. @returns the exit code */
export type TransferWish = (ask: Ask, around: TransferAround) => Promise<number>;

/** A Bough that has the folder is asked; where none runs one is started, reached by this process alone. */
export async function withBough(
  around: TransferAround,
  task: (ask: Ask) => Promise<number>,
): Promise<number> {
  const { settings, token } = around;
  const url = await runningAt(settings.data);
  if (url) return task(asking(url, token));
  const quiet = {
    localModels: false,
    titles: false,
    agents: false,
    host: '127.0.0.1',
    port: 0,
    log: 'error',
  } as const;
  const { publicUrl: _, ...alone } = settings;
  const server = await startServer(
    { ...alone, ...quiet },
    { log: createLog({ level: 'error' }), sources: [] },
  );
  try {
    return await task(asking(server.url, undefined));
  } finally {
    await server.close();
  }
}

function asking(url: string, token: string | undefined): Ask {
  return async (path, init = {}) => {
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(`${url}${path}`, { ...init, headers }).catch((error: Error) => {
      throw new CannotTransfer(
        `Bough at ${url} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}.`,
      );
    });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; code?: string };
    const help = problem.code === 'signed-out' ? ' Set BOUGH_TOKEN to an owner’s access token.' : '';
    throw new CannotTransfer(
      `${problem.detail ?? `Bough at ${url} answered ${answer.status}.`}${help}`,
      problem.code,
    );
  };
}
