/** Opens a folder, or a file, on the computer of Bough with a program of the person: their editor, a terminal. */
import { spawn } from 'node:child_process';
import type { FolderInput, FolderOutput } from '../../protocol/requests/folders.ts';
import { writeOwnFile } from '../whole-file.ts';
import { FolderTrouble } from './git.ts';
import { keptIn } from './kept-file.ts';

/** Empty: there is none. */
export type Openers = FolderOutput<'openers'>;

interface OpenerRoom {
  /** Where they are kept. */
  readonly openers: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Empty ones where the file is not there, or cannot be read. */
export const openersOf = ({ openers }: OpenerRoom): Promise<Openers> =>
  keptIn(openers).then(openersIn, () => openersIn({}));

const openersIn = ({ editor, terminal }: Readonly<Record<string, unknown>>): Openers => ({
  editor: lineIn(editor),
  terminal: lineIn(terminal),
});

const lineIn = (kept: unknown): string => (typeof kept === 'string' ? kept : '');

/** One change at a time. @throws {FolderTrouble} the file cannot be read, and is left as it is */
export async function setOpeners(
  room: OpenerRoom,
  { editor, terminal }: FolderInput<'openers'>,
): Promise<Openers> {
  const before = openersIn(await keptIn(room.openers));
  const openers = { editor: editor ?? before.editor, terminal: terminal ?? before.terminal };
  await writeOwnFile(room.openers, `${JSON.stringify(openers, null, 2)}\n`);
  return openers;
}

/** Words of a line, quoted where they hold spaces. No shell reads it. */
export const argumentsOf = (line: string): string[] =>
  [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );

export interface WhatToOpen {
  readonly folder: string;
  /** Absolute; the folder itself, or a file in it. */
  readonly path: string;
  /** Where nothing in the line says where the path stands: at its end. Default: nowhere, it begins in the folder. */
  readonly atEnd: boolean;
}

/** The program and what it is given: `{path}` and `{folder}` stand for these. */
export function commandFor(line: string, { folder, path, atEnd }: WhatToOpen): readonly string[] {
  const words = argumentsOf(line);
  const filled = words.map((word) =>
    word.replace(/\{(path|folder)\}/g, (_, name) => (name === 'path' ? path : folder)),
  );
  return atEnd && words.every((word) => !/\{(path|folder)\}/.test(word)) ? [...filled, path] : filled;
}

/** How long a program is watched for an end that tells of a mistake, in ms. */
const WATCHED = 700;
/** What is Bough's own to know. */
const SECRET = /^BOUGH_|KEY|TOKEN|SECRET|PASSWORD/i;

/** Resolves once it is open, as far as can be seen. @throws {FolderTrouble} */
export async function openWith({ env }: OpenerRoom, line: string, what: WhatToOpen): Promise<void> {
  const [command = '', ...args] = commandFor(line, what);
  const told = Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)));
  const child = spawn(command, args, {
    ...{ cwd: what.folder, env: told, detached: true, stdio: 'ignore' },
    // On Windows most editors are started by a script.
    shell: process.platform === 'win32',
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (how: string) => reject(new FolderTrouble('not-opened', `“${command}” ${how}.`));
    const timer = setTimeout(resolve, WATCHED);
    child.on('error', ({ message }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(/ENOENT/.test(message) ? 'is no program that is found on the computer of this Bough' : message);
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (code) fail(`ended with code ${code}`);
      else resolve();
    });
  });
  child.unref();
}
