/** Runs the commands that look after a data folder: settings from the environment, lines for people. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandLines } from '../command-output.ts';
import { settingsOfProcess } from '../process-settings.ts';
import { pidOfRunning } from '../running-file.ts';
import type { ExitCode } from './command-context.ts';
import { runCommand } from './commands.ts';
import { checkSound } from './soundness.ts';

/**
 * @param words the command and what follows it
 * @param version of Bough
 */
export async function runMaintenance(words: readonly string[], version: string): Promise<ExitCode> {
  const parsed = settingsOfProcess();
  if (!parsed.ok) {
    for (const line of parsed.errors) console.error(line);
    return 2;
  }
  // Readers of the database are told apart by process id. Two containers can give the same one, and 1 is what most get.
  if (words[0] === 'backup' && (await pidOfRunning(parsed.settings.data)) === process.pid) return anew();
  const { say, progress, clear } = commandLines();
  const code = await runCommand(words, {
    settings: parsed.settings,
    tokens: { from: process.env.BOUGH_FROM_TOKEN, to: process.env.BOUGH_TO_TOKEN },
    version,
    // npm runs scripts in the folder of the package, wherever the person is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    now: () => new Date(),
    checkSound,
    say,
    progress,
  });
  clear();
  return code;
}

/** The same command in a process of its own, which has another id. */
async function anew(): Promise<ExitCode> {
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0 || code === 2 ? code : 1;
}
