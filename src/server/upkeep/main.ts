/** The process of `npm run bough`: settings from the environment, lines for people, an exit code. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, type ServerSettings } from '../settings.ts';
import { runCommand } from './cli.ts';
import { checkSound } from './soundness.ts';

const parsed = parseSettings(process.env, {
  platform: process.platform,
  home: homedir(),
  cwd: process.cwd(),
});
if (parsed.ok) process.exitCode = await run(parsed.settings);
else {
  for (const line of parsed.errors) console.error(line);
  process.exitCode = 2;
}

async function run(settings: ServerSettings): Promise<number> {
  const { isTTY } = process.stderr;
  const clear = (): void => void (isTTY && process.stderr.write('\r\x1b[K'));
  const code = await runCommand(process.argv.slice(2), {
    settings,
    version: await versionOf(),
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

/** `dist/server/upkeep.js` and `src/server/upkeep/main.ts` are not equally deep. */
async function versionOf(): Promise<string> {
  for (const up of ['../..', '../../..']) {
    const text = await readFile(join(import.meta.dirname, up, 'package.json'), 'utf8').catch(() => null);
    if (text !== null) return (JSON.parse(text) as { version: string }).version;
  }
  return 'unknown';
}
