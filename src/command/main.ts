#!/usr/bin/env node
/** The command `bough`: reads what was asked and becomes it. Each command is loaded when it is asked for. */
import { readFile } from 'node:fs/promises';
import module from 'node:module';
import { join } from 'node:path';
import { commandName } from '../server/command-name.ts';
import { helpOf, helpText } from './help.ts';
import { readArguments } from './settings-options.ts';

// Node 22.8 and later keep what they compiled, for the next start.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();
process.env.NODE_ENV ??= 'production';
// Who reads may leave (`bough find WORDS | head`), or a terminal may close: no reason to end, least of all in the middle of moving or importing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.exitCode = await command(process.argv.slice(2));

/** @returns undefined while the server runs: it says itself how it ended */
async function command(args: readonly string[]): Promise<number | undefined> {
  const read = readArguments(args);
  if (typeof read === 'string') return misunderstood(read);
  const [name = 'start', ...rest] = read.words;
  const version = await versionOf();
  if (read.version) return said(version);
  if (read.help || name === 'help')
    return said(helpOf(read.words[name === 'help' ? 1 : 0]) ?? helpText(version));
  Object.assign(process.env, read.variables);
  if (name.startsWith('-')) return misunderstood(`${name} is not known.`);
  if (name === 'acp') process.exit(await (await import('./acp.ts')).runAcp(version));
  if (name === 'import' || name === 'export')
    return (await import('../server/transfer/command.ts')).runTransfer(read.words);
  if (name === 'find') return (await import('../server/transfer/find-command.ts')).runFind(rest);
  if (name !== 'start')
    return (await import('../server/maintenance/main.ts')).runMaintenance(read.words, version);
  if (rest.length > 0) return misunderstood(`“start” does not take ${rest.join(' ')}.`, 'start --help');
  await import('../server/main.ts');
  // Settings that were wrong have set one.
  return process.exitCode as number | undefined;
}

function said(text: string): number {
  console.log(text);
  return 0;
}

/** @param help the command that says what there is */
function misunderstood(sentence: string, help = '--help'): number {
  console.error(`${sentence} ${commandName(help)} says what there is.`);
  return 2;
}

async function versionOf(): Promise<string> {
  // Built and in `src` it is equally deep.
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
