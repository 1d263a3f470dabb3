/**
 * `bough import FILE...` and `bough export [CONVERSATION... | --all] FILE`: by the routes of a Bough that runs on this folder, else of one
 * that is started for that alone.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { amountText } from '../../protocol/language.ts';
import { IMPORTS_PATH, type ImportLine } from '../../protocol/requests/transfer.ts';
import { commandName } from '../command-name.ts';
import { commandLines } from '../command-output.ts';
import { FolderError } from '../engine/embedded/folder-error.ts';
import { settingsOfProcess } from '../process-settings.ts';
import { exportWish } from './export-command.ts';
import { type Ask, CannotTransfer, type TransferAround, type TransferWish, withBough } from './with-bough.ts';

/** Settings and token (`BOUGH_TOKEN`) from the environment. @returns the exit code */
export async function runTransfer(words: readonly string[]): Promise<number> {
  const parsed = settingsOfProcess();
  if (!parsed.ok) {
    for (const line of parsed.errors) console.error(line);
    return 2;
  }
  const around = { settings: parsed.settings, cwd: process.env.INIT_CWD ?? process.cwd() };
  const { say, progress, clear } = commandLines();
  const code = await transfer(words, { ...around, say, progress, token: process.env.BOUGH_TOKEN });
  clear();
  return code;
}

/** Never throws for what a person can change: it is said. @returns 0: all was done; 1: not all; 2: it was not understood */
export async function transfer([name, ...words]: readonly string[], around: TransferAround): Promise<number> {
  const wish = name === 'import' ? importWish(words) : exportWish(words);
  if (typeof wish === 'string') {
    around.say(`${wish} ${commandName(`${name} --help`)} says more.`);
    return 2;
  }
  try {
    return await withBough(around, (bough) => wish(bough, around));
  } catch (error) {
    if (!(error instanceof FolderError || error instanceof CannotTransfer)) throw error;
    around.say(error.message);
    return 1;
  }
}

function importWish(files: readonly string[]): TransferWish | string {
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) return 'Say which files to bring in.';
  return async (ask, around) => {
    let code = 0;
    for (const file of files) code = Math.max(code, await importFile(ask, around, file));
    return code;
  };
}

async function importFile(
  ask: Ask,
  { cwd, say, progress = () => {} }: TransferAround,
  file: string,
): Promise<number> {
  const path = resolve(cwd, file);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new CannotTransfer(`There is no file ${path}.`);
  const name = encodeURIComponent(basename(path));
  const stored = await ask(`${IMPORTS_PATH}?name=${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(path)) as unknown as BodyInit,
    duplex: 'half',
  } as RequestInit);
  const { id } = (await stored.json()) as { id: string };
  const sums = { conversations: 0, added: 0, known: 0, missing: 0, bad: 0 };
  try {
    const lines = await ask(`${IMPORTS_PATH}/${id}/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    for await (const line of linesOf(lines)) {
      if (line.kind === 'brought') {
        sums.conversations += 1;
        for (const key of ['added', 'known', 'missing'] as const) sums[key] += line[key];
        progress(`${basename(path)}: ${sumText(sums)}…`);
      }
      if (line.kind === 'failed') say(`${line.title}: ${line.sentence}`);
      if (line.kind === 'unreadable' || line.kind === 'stopped') say(line.sentence);
      if (line.kind === 'failed' || line.kind === 'unreadable' || line.kind === 'stopped') sums.bad += 1;
    }
  } finally {
    await ask(`${IMPORTS_PATH}/${id}`, { method: 'DELETE' });
  }
  say(`${basename(path)}: ${sumText(sums)}.`);
  return sums.bad > 0 ? 1 : 0;
}

function sumText({
  conversations,
  added,
  known,
  missing,
}: Record<'conversations' | 'added' | 'known' | 'missing', number>): string {
  const before = known > 0 ? `, ${amountText(known, 'message')} there before` : '';
  const gone = missing > 0 ? `; ${amountText(missing, 'file')} named, but not in it` : '';
  return `${amountText(conversations, 'conversation')}, ${amountText(added, 'new message')}${before}${gone}`;
}

async function* linesOf(answer: Response): AsyncGenerator<ImportLine> {
  let rest = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as ImportLine;
  }
}
