/** The commands that look after a data folder, in plain words (README, "Backup"). */
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { wallText } from '../../protocol/language.ts';
import { commandName } from '../command-name.ts';
import { FolderError, findFolder } from '../engine/embedded/folder.ts';
import { EngineError } from '../engine/index.ts';
import { BackupError } from './backup/lines.ts';
import { restoreBackup } from './backup/restore.ts';
import { writeBackup } from './backup/write.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { doctor } from './doctor/run.ts';
import { isMove, runMove } from './move/command.ts';
import { MoveError } from './move/place.ts';
import { contentsOf, sizeOf, stampOf } from './wording.ts';

/** Never throws for what a person can change: it is said. */
export async function runCommand(args: readonly string[], around: CommandContext): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command?.takes(rest)) {
    const wrong = command ? `“${name}” takes ${command.words}` : `“${name}” is no command`;
    around.say(`${wrong}. ${commandName('--help')} says what there is.`);
    return 2;
  }
  const { streams } = around.settings;
  if (streams && !command.anywhere) {
    around.say(
      `The conversations are at ${new URL(streams.url).host} (BOUGH_STREAMS_URL), which has its own ways of backup. These commands are for a data folder on this computer.`,
    );
    return 2;
  }
  try {
    return await command.run(around, rest);
  } catch (error) {
    const isSaid = [BackupError, FolderError, MoveError, EngineError].some((kind) => error instanceof kind);
    if (!isSaid) throw error;
    around.say((error as Error).message);
    return 1;
  }
}

function isFile(words: readonly string[]): boolean {
  return words.length === 1 && !words[0]?.startsWith('-');
}

interface Command {
  /** What may follow it, in words. */
  readonly words: string;
  readonly takes: (words: readonly string[]) => boolean;
  /** Also where the conversations are at an engine elsewhere. */
  readonly anywhere?: true;
  readonly run: (around: CommandContext, words: readonly string[]) => Promise<ExitCode>;
}

const commands: Readonly<Record<string, Command>> = {
  doctor: {
    words: 'nothing, or --fix',
    takes: ({ length, 0: word }) => length === 0 || (length === 1 && word === '--fix'),
    run: (around, [word]) => doctor(around, word === '--fix'),
  },
  backup: {
    words: 'the file to write, or the folder to write it to',
    takes: isFile,
    run: (around, [file = '']) => backup(around, file),
  },
  restore: { words: 'the backup', takes: isFile, run: (around, [file = '']) => restore(around, file) },
  move: {
    words:
      'the data folder or Durable Streams server to move to, and before it the one to move from, if another than now',
    takes: isMove,
    anywhere: true,
    run: runMove,
  },
};

async function backup(around: CommandContext, wanted: string): Promise<ExitCode> {
  const { settings, version, say, progress, now } = around;
  const { path, engine } = await findFolder(settings.data);
  const file = await fileFor(resolve(around.cwd, wanted), now());
  await refuseInside(path, file);
  await around.checkSound(engine);
  const { contents, bytes, broken } = await writeBackup(path, file, {
    version,
    onProgress: (done, of) => progress(`${done} of ${of} conversations`),
  });
  say(`${contentsOf(contents)} of ${path}`);
  say(`written to ${file} (${sizeOf(bytes)}), and read back: it is whole. Keys of models are not in it.`);
  if (broken.length === 0) return 0;
  say('Some of what is in the folder could not be read, and is not in the backup:');
  for (const sentence of broken) say(`- ${sentence}`);
  return 1;
}

async function fileFor(path: string, time: Date): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, `bough-${stampOf(time)}.backup`) : path;
}

/** What happens to the folder would happen to its backup. */
async function refuseInside(data: string, file: string): Promise<void> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  const way = relative(await real(data), await real(dirname(file)));
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return;
  throw new BackupError(
    `${file} is inside the data folder, and would be lost with it: choose a place outside of ${data}, best on another disk.`,
  );
}

async function restore({ settings, cwd, say, progress }: CommandContext, wanted: string): Promise<ExitCode> {
  const file = resolve(cwd, wanted);
  const { contents, made } = await restoreBackup(file, settings.data, (done, of) =>
    progress(`${done} of ${of} streams`),
  );
  say(`${contentsOf(contents)}, as they were on ${wallText(new Date(made))},`);
  say(`are in ${settings.data}. ${commandName('start')} goes on with them.`);
  return 0;
}
