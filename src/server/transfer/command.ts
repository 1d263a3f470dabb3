/**
 * `bough import FILE...` and `bough export [CONVERSATION... | --all] FILE`: by the routes of a Bough that runs on this folder, else of one
 * that is started for that alone.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { amountText, numberText } from '../../protocol/language.ts';
import {
  EXPORT_FORMS,
  EXPORT_PATH,
  type ExportForm,
  IMPORTS_PATH,
  type ImportLine,
} from '../../protocol/transfer.ts';
import { called } from '../called.ts';
import { FolderError } from '../engine/embedded/folder-error.ts';
import { createLog } from '../log.ts';
import { settingsOfProcess } from '../process-settings.ts';
import { runningAt } from '../running.ts';
import { startServer } from '../server.ts';
import type { ServerSettings } from '../settings.ts';
import { commandLines } from '../terminal.ts';

export interface TransferAround {
  readonly settings: ServerSettings;
  readonly cwd: string;
  readonly say: (line: string) => void;
  /** Default: nobody watches. */
  readonly progress?: (line: string) => void;
  /** Of an owner, where the running Bough asks for one. */
  readonly token?: string | undefined;
}

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
    around.say(`${wish} ${called('--help')} says what there is.`);
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

/** What a person can change; its message is a sentence. */
export class CannotTransfer extends Error {}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;
type Wish = (ask: Ask, around: TransferAround) => Promise<number>;

function importWish(files: readonly string[]): Wish | string {
  if (files.length === 0 || files.some((file) => file.startsWith('-')))
    return '“import” takes the files to bring in.';
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

function exportWish(given: readonly string[]): Wish | string {
  const words = [...given];
  const at = words.indexOf('--as');
  const [, named] = at < 0 ? [] : words.splice(at, 2);
  const all = words.includes('--all');
  const [file, ...conversations] = words.filter((word) => word !== '--all').toReversed();
  if (file === undefined || words.some((word) => word.startsWith('-') && word !== '--all'))
    return '“export” takes conversations, or --all, and a file to write.';
  if (all === conversations.length > 0) return '“export” takes either conversations or --all.';
  const form = named ?? formOf(file);
  if (!isForm(form))
    return `“export” writes ${EXPORT_FORMS.join(', ')}: end the file in .json, .md, .html or .jsonl, or say --as.`;
  const many = form === 'bough' || form === 'chatgpt';
  if (!many && (all || conversations.length > 1))
    return `A file of the form “${form}” holds one conversation.`;
  const ids = conversations
    .toReversed()
    .map((word) => word.split(/[/?#]/).findLast((part) => /^[\w-]{8,64}$/.test(part)) ?? word);
  return (ask, around) => exportTo(ask, around, { file, form, ids });
}

const isForm = (form: string | undefined): form is ExportForm => EXPORT_FORMS.some((known) => known === form);

function formOf(file: string): ExportForm | undefined {
  if (/\.chatgpt\.json$/i.test(file)) return 'chatgpt';
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase();
  return ({ json: 'bough', md: 'markdown', html: 'html', jsonl: 'openai' } as const)[ending as 'json'];
}

interface ExportTo {
  readonly file: string;
  readonly form: ExportForm;
  /** None: all. */
  readonly ids: readonly string[];
}

/** Beside the file until it is whole: what was there stays if something goes wrong. */
async function exportTo(
  ask: Ask,
  { cwd, say, progress = () => {} }: TransferAround,
  { file, form, ids }: ExportTo,
): Promise<number> {
  const path = resolve(cwd, file);
  const draft = `${path}.part`;
  const texts = async function* () {
    if (ids.length <= 1) {
      const only = ids[0] === undefined ? '' : `&conversation=${ids[0]}`;
      yield* (await ask(`${EXPORT_PATH}?as=${form}${only}`)).body ?? [];
      return;
    }
    for (const [index, id] of ids.entries()) {
      const text = (await (await ask(`${EXPORT_PATH}?as=${form}&conversation=${id}`)).text()).trim();
      yield Buffer.from(`${index === 0 ? '[' : ','}${text.slice(1, -1)}`);
    }
    yield Buffer.from(']\n');
  };
  const seen = new Seen('"unreadable":');
  let written = 0;
  const watched = async function* () {
    for await (const piece of texts()) {
      seen.look(piece);
      written += piece.length;
      progress(`${basename(path)}: ${numberText(written)} bytes…`);
      yield piece;
    }
  };
  try {
    await pipeline(Readable.from(watched()), createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof CannotTransfer
      ? error
      : new CannotTransfer(`${path} could not be written: ${(error as Error).message}.`);
  }
  say(`Written to ${path} (${numberText(written)} bytes).`);
  return seen.found && form === 'bough' ? 1 : 0;
}

/** Whether a word of Latin letters and signs stands in bytes that come in pieces, however they are cut. */
class Seen {
  found = false;
  readonly #word: string;
  #rest = '';
  constructor(word: string) {
    this.#word = word;
  }

  look(piece: Uint8Array): void {
    const text = this.#rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    this.found ||= text.includes(this.#word);
    this.#rest = text.slice(1 - this.#word.length);
  }
}

/** A Bough that has the folder is asked; where none runs one is started, reached by this process alone. */
export async function withBough(
  around: TransferAround,
  task: (ask: Ask) => Promise<number>,
): Promise<number> {
  const { settings, token } = around;
  const url = await runningAt(settings.data);
  if (url) return task(asking(url, token));
  const quiet = {
    localModels: false,
    titles: false,
    agents: false,
    host: '127.0.0.1',
    port: 0,
    log: 'error',
  } as const;
  const { publicUrl: _, ...alone } = settings;
  const server = await startServer(
    { ...alone, ...quiet },
    { log: createLog({ level: 'error' }), sources: [] },
  );
  try {
    return await task(asking(server.url, undefined));
  } finally {
    await server.close();
  }
}

function asking(url: string, token: string | undefined): Ask {
  return async (path, init = {}) => {
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(`${url}${path}`, { ...init, headers }).catch((error: Error) => {
      throw new CannotTransfer(
        `Bough at ${url} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}.`,
      );
    });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; code?: string };
    const help = problem.code === 'signed-out' ? ' Set BOUGH_TOKEN to an owner’s access token.' : '';
    throw new CannotTransfer(`${problem.detail ?? `Bough at ${url} answered ${answer.status}.`}${help}`);
  };
}
