/**
 * The open logs: at most `limit` at a time, each open for as long as somebody uses it and then
 * until its place is needed. A caller that finds no place waits for one; a log in use is never closed.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

interface OpenLog {
  readonly handle: Promise<FileHandle>;
  users: number;
}

/** Above what the disk can be kept busy with, below the 256 files some systems allow a process by default. */
const LIMIT = 128;

export class LogFiles {
  readonly #folder: string;
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #open = new Map<string, OpenLog>();
  readonly #waiting: (() => void)[] = [];

  constructor(folder: string, limit = LIMIT) {
    this.#folder = folder;
    this.#limit = limit;
  }

  path(name: string): string {
    return join(this.#folder, `${name}.log`);
  }

  /** Runs `work` with the log open for reading and writing. Makes the file if `make`, else it must be there. */
  async use<T>(name: string, work: (handle: FileHandle) => Promise<T>, make = false): Promise<T> {
    const log = await this.#acquire(name, make);
    try {
      return await work(await log.handle);
    } finally {
      log.users -= 1;
      this.#release(name, log);
    }
  }

  /** Closes the log, once nobody uses it, and removes its file. Fine if there is none. */
  async remove(name: string): Promise<void> {
    const log = this.#open.get(name);
    this.#open.delete(name);
    if (log?.users === 0) await closeLog(log);
    this.#waiting.shift()?.();
    await unlink(this.path(name)).catch(ignoreMissing);
  }

  /** Makes names of files that were made durable, where the system has a way to. */
  async syncNames(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder, 'r');
    await folder.sync().finally(() => folder.close());
  }

  /** Only when nobody uses a log any more. */
  async close(): Promise<void> {
    const logs = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(logs.map(closeLog));
  }

  async #acquire(name: string, make: boolean): Promise<OpenLog> {
    for (;;) {
      const log = this.#open.get(name) ?? this.#openNow(name, make);
      if (log) {
        log.users += 1;
        this.#open.delete(name);
        this.#open.set(name, log);
        return log;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #openNow(name: string, make: boolean): OpenLog | null {
    if (this.#open.size >= this.#limit && !this.#closeOldest()) return null;
    const log = { handle: openLog(this.path(name), make), users: 0 };
    log.handle.catch(() => {
      if (this.#open.get(name) === log) this.#open.delete(name);
    });
    return log;
  }

  #closeOldest(): boolean {
    for (const [name, log] of this.#open) {
      if (log.users > 0) continue;
      this.#open.delete(name);
      void closeLog(log);
      return true;
    }
    return false;
  }

  #release(name: string, log: OpenLog): void {
    if (log.users > 0) return;
    if (this.#open.get(name) !== log) void closeLog(log);
    this.#waiting.shift()?.();
  }
}

function openLog(path: string, make: boolean): Promise<FileHandle> {
  // As a word ('a+') making would mean appending, which ignores positions.
  return open(path, make ? constants.O_RDWR | constants.O_CREAT : constants.O_RDWR, 0o600);
}

async function closeLog(log: OpenLog): Promise<void> {
  await log.handle.then((handle) => handle.close()).catch(() => {});
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
