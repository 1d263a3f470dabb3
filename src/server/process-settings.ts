/** The settings of this process, for the server and each command alike. */
import { homedir } from 'node:os';
import { type Parsed, parseSettings } from './settings.ts';

/** The home folder of whoever runs this. A user whom the system has no entry for, as in containers, has none: the root. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

/** From the environment. */
export function settingsOfProcess(): Parsed {
  return parseSettings(process.env, {
    platform: process.platform,
    home: homeFolder(),
    cwd: process.cwd(),
  });
}
