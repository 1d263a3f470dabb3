/** What `bough --help` says. */
import { commandName } from '../server/command-name.ts';
import { MAINTENANCE_COMMANDS } from '../server/maintenance/wording.ts';
import { helpOfTransfer, TRANSFER_COMMANDS } from '../server/transfer/wording.ts';
import { SECRETS, SETTING_OPTIONS } from './settings-options.ts';

/** Ends where the text of the options begins. */
const COLUMN = 26;

export function helpText(version: string): string {
  return `Bough ${version}: a chat in the browser whose conversations are trees

${commandName('COMMAND')} [OPTIONS]

  start            runs Bough and prints its address; so does leaving the command out
  acp              serves an editor that speaks the Agent Client Protocol (docs/editors.md)
${MAINTENANCE_COMMANDS}
${TRANSFER_COMMANDS}

  --help, --version

${settingsHelp()}`;
}

/** What `bough COMMAND --help` says; undefined: nothing beside what the help of all has. */
export function helpOf(command: string | undefined): string | undefined {
  const helps = { start: startHelp(), ...helpOfTransfer(commandName) };
  return command === undefined ? undefined : new Map(Object.entries(helps)).get(command);
}

const startHelp = (): string => `${commandName('start [OPTIONS]')}

Runs Bough until it is stopped with Ctrl+C, and prints its address and where conversations are kept.

${settingsHelp()}

All other commands: ${commandName('--help')}.`;

function settingsHelp(): string {
  const options = SETTING_OPTIONS.map(({ name, takes, help, variable }) => {
    const option = `  --${name} ${takes}`.padEnd(COLUMN);
    return `${option} ${help}: ${variable}`;
  });
  return `Each setting is an option, or the variable at its end; an option wins. In brackets: what holds without both.

${options.join('\n')}

Keys are taken from the environment alone: ${SECRETS.join(', ')}.`;
}
