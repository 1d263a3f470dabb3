/** Taking conversations away, as a file (docs/protocol.md, "Transfer"). */

import { withoutMetadata } from '../../../protocol/files/picture-metadata.ts';
import { filesOf, isAudio, isImage, Refusal } from '../../../protocol/index.ts';
import {
  type ExportForm,
  type ExportMany,
  type ExportPart,
  type ExportQuery,
  type ManyForm,
  NOT_EXPORTED,
} from '../../../protocol/requests/transfer.ts';
import type { ConversationService } from '../../conversations/index.ts';
import { asMissing, type FileStore } from '../../files/index.ts';
import { type ChosenMessages, choose } from './chosen.ts';
import { ownJson } from './own.ts';
import { chatgptConversation, fileNameOf, type MediaOf, markdown, openaiLine, titleOf } from './readable.ts';
import { FileNames, zipped } from './zip.ts';

export interface ExportDeps {
  readonly conversations: Pick<ConversationService, 'whole' | 'all'>;
  readonly files: Pick<FileStore, 'read'>;
}

export interface Exported {
  readonly name: string;
  readonly type: string;
  readonly pieces: AsyncGenerator<string | Uint8Array, void>;
}

const TYPES: Readonly<Record<ExportForm, readonly [ending: string, type: string]>> = {
  bough: ['.bough.json', 'application/json'],
  markdown: ['.md', 'text/markdown; charset=utf-8'],
  html: ['.html', 'text/html; charset=utf-8'],
  openai: ['.jsonl', 'application/x-ndjson'],
  chatgpt: ['.chatgpt.json', 'application/json'],
};

/** @throws {Refusal} before anything is given: `not-found`, `gone`, `bad-request` where the form holds one conversation alone */
export async function exportOf(deps: ExportDeps, query: ExportQuery): Promise<Exported> {
  const { as, conversation, part = 'conversation', message, hidden } = query;
  if (conversation === undefined) {
    if (as === 'openai')
      throw new Refusal(400, 'bad-request', 'OpenAI messages hold the path of one conversation: say which.');
    const ids = await deps.conversations.all();
    return severalOf(deps, { as, ids, hidden: hidden === '1' }, 'Bough');
  }
  const [ending, type] = TYPES[as];
  const chosen = await chosenOf(deps, { conversation, part, message, all: as === 'bough' || hidden === '1' });
  const pieces = async function* () {
    yield await textOf(deps, as, chosen);
  };
  return { name: `${fileNameOf(titleOf(chosen))}${ending}`, type, pieces: pieces() };
}

/** Several in one file, in the order in which they are named; nothing is refused of it once it has begun. */
export function exportOfMany(deps: ExportDeps, { as, conversations, hidden }: ExportMany): Exported {
  const ids = [...new Set(conversations)];
  return severalOf(deps, { as, ids, hidden: hidden === true }, `Bough, ${ids.length} conversations`);
}

interface Several {
  readonly as: ManyForm;
  readonly ids: readonly string[];
  readonly hidden: boolean;
}

function severalOf(deps: ExportDeps, several: Several, name: string): Exported {
  const { as } = several;
  const [ending, type] = TYPES[as];
  if (as === 'bough' || as === 'chatgpt')
    return { name: `${name}${ending}`, type, pieces: asArray(deps, { ...several, as }) };
  return { name: `${name}.zip`, type: 'application/zip', pieces: asZip(deps, several) };
}

/** Each as what `give` makes of it, or the sentence that says why it cannot be read. One after the other: memory follows the largest. */
async function givenOr<T>(
  { conversations }: Pick<ExportDeps, 'conversations'>,
  { as, hidden }: Pick<Several, 'as' | 'hidden'>,
  id: string,
  give: (chosen: ChosenMessages) => Promise<T>,
): Promise<{ readonly given: T } | { readonly sentence: string }> {
  try {
    const all = as === 'bough' || hidden;
    return { given: await give(choose(await conversations.whole(id), { part: 'conversation', all })) };
  } catch (error) {
    if (error instanceof Refusal) return { sentence: error.message };
    throw error;
  }
}

/** A file for each conversation, as it is exported alone; last what is missing and why. */
function asZip(deps: ExportDeps, several: Several): AsyncGenerator<Uint8Array, void> {
  const { as } = several;
  const names = new FileNames();
  const missing: string[] = [];
  return zipped(async function* (isFull) {
    for (const id of several.ids) {
      const file = isFull()
        ? { sentence: 'The zip is full.' }
        : await givenOr(deps, several, id, async (chosen) => {
            const text = await textOf(deps, as, chosen);
            const name = names.take(fileNameOf(titleOf(chosen)), TYPES[as][0]);
            return { name, time: chosen.whole.header.active, text };
          });
      if ('given' in file) yield file.given;
      else missing.push(`${id}: ${file.sentence}\n`);
    }
    if (missing.length > 0) yield { name: NOT_EXPORTED, time: Date.now(), text: missing.join('') };
  });
}

interface Wanted {
  readonly conversation: string;
  readonly part: ExportPart;
  readonly message: string | undefined;
  readonly all: boolean;
}

/** @throws {Refusal} `not-found`, `gone` */
async function chosenOf(
  { conversations }: Pick<ExportDeps, 'conversations'>,
  { conversation, part, message, all }: Wanted,
): Promise<ChosenMessages> {
  const whole = await conversations.whole(conversation);
  if (message !== undefined && !whole.messages.has(message))
    throw new Refusal(404, 'not-found', 'This message is not in the conversation.');
  return choose(whole, { part, ...(message !== undefined && { message }), all });
}

/** A page of a conversation as it is now, without what is hidden. Throws Refusal as `exportOf`. */
export async function frozenPage(
  deps: ExportDeps,
  wanted: Omit<Wanted, 'all'>,
): Promise<{ readonly html: string; readonly title: string; readonly messages: number }> {
  const chosen = await chosenOf(deps, { ...wanted, all: false });
  return { html: await htmlOf(deps, chosen), title: titleOf(chosen), messages: chosen.messages.length };
}

async function textOf(deps: ExportDeps, as: ExportForm, chosen: ChosenMessages): Promise<string> {
  switch (as) {
    case 'bough':
    case 'chatgpt':
      return `[\n${await entryOf(deps, as, chosen)}\n]\n`;
    case 'markdown':
      return markdown(chosen);
    case 'openai':
      return openaiLine(chosen, await mediaIn(deps, chosen));
    case 'html':
      return htmlOf(deps, chosen);
  }
}

/** What reads Markdown takes longer to load than all else of a server's start, and most never export a page. */
async function htmlOf(deps: ExportDeps, chosen: ChosenMessages): Promise<string> {
  const { htmlPage } = await import('./html/page.ts');
  return htmlPage(chosen, await mediaIn(deps, chosen));
}

type ArrayForm = Exclude<ManyForm, 'markdown' | 'html'>;

/** A conversation as it stands in an array of them. */
async function entryOf({ files }: ExportDeps, as: ArrayForm, chosen: ChosenMessages): Promise<string> {
  return as === 'bough' ? ownJson(chosen, files) : JSON.stringify(chatgptConversation(chosen));
}

/** Of a conversation that cannot be read it says so in its place. */
async function* asArray(
  deps: ExportDeps,
  several: Several & { readonly as: ArrayForm },
): AsyncGenerator<string, void> {
  let begun = false;
  for (const id of several.ids) {
    const one = await givenOr(deps, several, id, (chosen) => entryOf(deps, several.as, chosen));
    const json = 'given' in one ? one.given : JSON.stringify({ unreadable: id, sentence: one.sentence });
    yield `${begun ? ',' : '['}\n${json}`;
    begun = true;
  }
  yield begun ? '\n]\n' : '[]\n';
}

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function mediaIn({ files }: ExportDeps, { messages }: ChosenMessages): Promise<MediaOf> {
  const urls = new Map<string, string>();
  const media = messages.flatMap(({ parts }) => filesOf(parts)).filter((it) => isImage(it) || isAudio(it));
  for (const { hash } of media) {
    const file = urls.has(hash) ? null : await files.read(hash).catch(asMissing);
    // What cameras wrote into pictures from programs, editors and imports: it was taken out of those that were attached here.
    if (file) urls.set(hash, `data:${file.type};base64,${base64Of(withoutMetadata(file.bytes))}`);
  }
  return (hash) => urls.get(hash);
}
