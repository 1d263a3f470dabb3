/** For the tests of the embedded engine: folders that go, and the logs in them. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeStreamPath } from '@durable-streams/server';
import { afterEach } from 'vitest';
import type { Engine } from '../port.ts';
import { type EmbeddedOptions, openEmbedded } from './engine.ts';

export interface TempFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function tempFolder(): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), 'bough-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Temporary folders of the tests of a file, removed after each. */
export function tempFolders(): () => Promise<string> {
  const made: TempFolder[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((folder) => folder.remove()));
  });
  return async () => {
    const folder = await tempFolder();
    made.push(folder);
    return folder.path;
  };
}

/** Uses the engine on a folder and shuts it down. */
export async function using<T>(
  folder: string,
  work: (engine: Engine) => Promise<T>,
  options: EmbeddedOptions = {},
): Promise<T> {
  const engine = openEmbedded(folder, options);
  try {
    return await work(engine);
  } finally {
    await engine.shutdown();
  }
}

export function logOf(folder: string, stream: string): string {
  const streams = join(folder, 'streams');
  const name = readdirSync(streams).find((one) => one.startsWith(`${encodeStreamPath(stream)}~`));
  if (name === undefined) throw new Error(`no log of ${stream}`);
  return join(streams, name);
}

export function bytesOf(folder: string, stream: string): Buffer {
  return readFileSync(logOf(folder, stream));
}

/** What a process leaves that dies while it writes. */
export function tear(folder: string, stream: string, ...parts: Uint8Array[]): void {
  for (const part of parts) appendFileSync(logOf(folder, stream), part);
}

export interface Disk {
  readonly path: string;
  readOnly(): void;
  remove(): void;
}

/** A disk in memory, where this process may make one (root on Linux); else null. @param size as mount takes it: `400k` */
export function smallDisk(size: string): Disk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const path = mkdtempSync(join(tmpdir(), 'bough-disk-'));
  const mount = (...args: readonly string[]): void => void execFileSync('mount', args, { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path);
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  return {
    path,
    readOnly: () => mount('-o', 'remount,ro', path),
    remove: () => {
      // A process that is ending may still have a file of it open.
      execFileSync('umount', ['--lazy', path]);
      rmSync(path, { recursive: true });
    },
  };
}
