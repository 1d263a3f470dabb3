/** How a person gives a command here, for sentences that name one: in the repository by npm, from the package by its own name. */
import { basename } from 'node:path';

const NAMES: ReadonlySet<string> = new Set(['bough', 'bough.js']);

/**
 * @param command with what follows it, "doctor --fix"; `start` is what runs Bough, "start --help" with an option
 * @param program what Node was started with
 */
export function commandName(command: string, program = process.argv[1] ?? ''): string {
  if (NAMES.has(basename(program))) return `bough ${command}`;
  const [name, ...options] = command.split(' ');
  if (name !== 'start') return `npm run bough -- ${command}`;
  return ['npm start', ...(options.length > 0 ? ['--', ...options] : [])].join(' ');
}
