/** Runs the commands that look after a data folder: settings from the environment, lines for people. */
import { homedir } from 'node:os';
import { parseSettings } from '../settings.ts';
import type { ExitCode } from './around.ts';
import { runCommand } from './cli.ts';
import { checkSound } from './soundness.ts';

/**
 * @param words the command and what follows it
 * @param version of Bough
 */
export async function runUpkeep(words: readonly string[], version: string): Promise<ExitCode> {
  const around = { platform: process.platform, home: homedir(), cwd: process.cwd() };
  const parsed = parseSettings(process.env, around);
  if (!parsed.ok) {
    for (const line of parsed.errors) console.error(line);
    return 2;
  }
  const { isTTY } = process.stderr;
  const clear = (): void => void (isTTY && process.stderr.write('\r\x1b[K'));
  const code = await runCommand(words, {
    settings: parsed.settings,
    tokens: { from: process.env.BOUGH_FROM_TOKEN, to: process.env.BOUGH_TO_TOKEN },
    version,
    // npm runs scripts in the folder of the package, wherever the person is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    now: () => new Date(),
    checkSound,
    say: (line) => {
      clear();
      console.log(line);
    },
    progress: (line) => {
      clear();
      if (isTTY) process.stderr.write(line);
    },
  });
  clear();
  return code;
}
