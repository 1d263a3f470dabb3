/** `bough export [CONVERSATION... | --all] FILE`. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { idSchema } from '../../protocol/ids.ts';
import { numberText } from '../../protocol/language.ts';
import {
  EXPORT_FORMS,
  EXPORT_PATH,
  type ExportForm,
  type ExportMany,
  isZipped,
  type ManyForm,
  NOT_EXPORTED,
} from '../../protocol/requests/transfer.ts';
import { commandName } from '../command-name.ts';
import { type Ask, CannotTransfer, type TransferAround, type TransferWish } from './with-bough.ts';

/** What is asked for, or a sentence about what was not understood. */
export function exportWish(given: readonly string[]): TransferWish | string {
  const words = [...given];
  const at = words.indexOf('--as');
  const [, named] = at < 0 ? [] : words.splice(at, 2);
  const all = words.includes('--all');
  const [file, ...conversations] = words.filter((word) => word !== '--all').toReversed();
  const unknown = words.find((word) => word.startsWith('-') && word !== '--all');
  if (unknown !== undefined) return `“export” does not take ${unknown}.`;
  if (file === undefined) return 'Say which conversations to write, or --all, and then the file.';
  if (!all && conversations.length === 0)
    return `“${file}” is taken for the file to write. Say before it which conversations, or --all.`;
  if (all && conversations.length > 0) return 'Say either which conversations, or --all.';
  const form = named ?? formOf(file);
  const isZip = /\.zip$/i.test(file);
  if (!isForm(form))
    return isZip && form === undefined
      ? 'A zip has a file for each conversation: say --as html or --as markdown.'
      : `“export” writes ${EXPORT_FORMS.join(', ')}: end the file in .json, .md, .html or .jsonl, or say --as.`;
  const several = all || conversations.length > 1;
  if (several && form === 'openai') return 'A file of the form “openai” holds one conversation.';
  if (several && isZipped(form) && !isZip)
    return `Several conversations as ${form} make a zip: end the file in .zip, and say --as ${form}.`;
  if (isZip && !(several && isZipped(form)))
    return 'A zip is written of several conversations, as html or markdown.';
  const ids: string[] = [];
  for (const word of conversations.toReversed()) {
    const id = word.split(/[/?#]/).findLast((part) => idSchema.safeParse(part).success);
    if (id === undefined) return noConversation(word);
    ids.push(id);
  }
  return (ask, around) => exportTo(ask, around, { file, form, ids });
}

const noConversation = (word: string): string =>
  `There is no conversation “${word}”. Its address in the browser says which one it is, and ${commandName('find WORDS')} lists addresses.`;

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
    if (isZipped(form) && ids.length > 1) {
      yield* (await askForZip(ask, form, ids)).body ?? [];
      return;
    }
    if (ids.length <= 1) {
      yield* (await askForOne(ask, form, ids[0])).body ?? [];
      return;
    }
    for (const [index, id] of ids.entries()) {
      const text = (await (await askForOne(ask, form, id)).text()).trim();
      yield Buffer.from(`${index === 0 ? '[' : ','}${text.slice(1, -1)}`);
    }
    yield Buffer.from(']\n');
  };
  const seen = new Seen(isZipped(form) ? NOT_EXPORTED : '"unreadable":');
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
  const isPart = seen.found && (form === 'bough' || (isZipped(form) && ids.length !== 1));
  if (isPart)
    say(
      isZipped(form)
        ? `“${NOT_EXPORTED}” in it says what could not be read.`
        : 'What could not be read says so in it.',
    );
  return isPart ? 1 : 0;
}

/** Undefined: all of them. */
async function askForOne(ask: Ask, form: ExportForm, id: string | undefined): Promise<Response> {
  const only = id === undefined ? '' : `&conversation=${id}`;
  return ask(`${EXPORT_PATH}?as=${form}${only}`).catch((error: unknown) => {
    const isUnknown = error instanceof CannotTransfer && error.code === 'not-found' && id !== undefined;
    throw isUnknown ? new CannotTransfer(noConversation(id), error.code) : error;
  });
}

function askForZip(ask: Ask, as: ManyForm, conversations: readonly string[]): Promise<Response> {
  return ask(EXPORT_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as, conversations: [...conversations] } satisfies ExportMany),
  });
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
