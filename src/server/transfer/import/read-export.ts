/** The conversations of an export, one after another, whatever their format. What cannot be read is said, and the rest still comes. */
import { type Archive, type ExportFile, NotReadable } from './archive.ts';
import { formatOf } from './formats/index.ts';
import { isOwn, type OwnConversation, readOwn } from './own.ts';
import type { Beside, Format, SourceConversation } from './source.ts';
import { BROKEN, type SplitValue, splitJson, VALUE_LIMIT, ValueTooLarge } from './split.ts';
import { idOf, isObject, listOf, objectOf } from './values.ts';

export type ReadConversation =
  | { readonly kind: 'source'; readonly format: Format; readonly conversation: SourceConversation }
  | { readonly kind: 'own'; readonly conversation: OwnConversation }
  | { readonly kind: 'unreadable'; readonly sentence: string };

/**
 * @param most of the text of one conversation, where it stands in many values: they are gathered in memory. In UTF-16 code units.
 * @throws {NotReadable} where there is nothing that could be a conversation
 */
export async function* readExport(
  archive: Archive,
  progress: { done: number } = { done: 0 },
  most = VALUE_LIMIT,
): AsyncGenerator<ReadConversation> {
  if (archive.files.length === 0) throw new NotReadable('There is no JSON file in this archive.');
  const beside = { ratings: await ratingsOf(archive) };
  let place = 0;
  for (const file of archive.files) {
    const counted = countedBytes(await file.read(), progress);
    for await (const found of readFile(file, counted, { beside, place, most })) {
      place += 1;
      yield found;
    }
  }
}

/** The size of what `readExport` reads, in bytes. */
export const sizeOf = ({ files }: Archive): number => files.reduce((sum, { size }) => sum + size, 0);

async function* countedBytes(chunks: AsyncIterable<Uint8Array>, progress: { done: number }) {
  for await (const chunk of chunks) {
    progress.done += chunk.byteLength;
    yield chunk;
  }
}

async function* readFile(
  file: ExportFile,
  chunks: AsyncIterable<Uint8Array>,
  { beside, place, most }: { readonly beside: Beside; readonly place: number; readonly most: number },
): AsyncGenerator<ReadConversation> {
  // Some formats are one conversation a file, in many values: a list of messages, lines of a chat.
  let together: unknown[] | undefined;
  let gathered = 0;
  let found = 0;
  // What is no JSON at all has no conversations to be counted: one sentence says so of the file.
  let broken: SplitValue[] = [];
  try {
    for await (const value of splitJson(chunks)) {
      const { value: parsed } = value;
      if (parsed === BROKEN) {
        broken.push(value);
        if (found === 0 && broken.length < MOST_HELD) continue;
      }
      for (const each of broken) yield damaged(nameOf(file, each));
      broken = [];
      if (parsed === BROKEN) continue;
      if (found === 0 && together === undefined && isOneOfMany(parsed, value)) together = [];
      found += 1;
      if (together) {
        gathered += value.length;
        if (gathered > most) {
          together = undefined;
          throw new ValueTooLarge();
        }
        together.push(parsed);
      } else yield* conversationsIn(parsed, beside, place + value.at, nameOf(file, value));
    }
  } catch (error) {
    if (!(error instanceof ValueTooLarge)) throw error;
    yield {
      kind: 'unreadable',
      sentence: `${file.name} holds something larger than ${most / 1_000_000} MB, which cannot be read.`,
    };
  }
  if (together) yield* conversationsIn(together, beside, place, file.name);
  else if (broken.length > 0) yield damaged(file.name);
  else if (found === 0) yield { kind: 'unreadable', sentence: `There is no conversation in ${file.name}.` };
}

/** Damaged values that are held back until one can be read. */
const MOST_HELD = 1000;

const damaged = (name: string): ReadConversation => ({
  kind: 'unreadable',
  sentence: `${name} is no JSON: it is cut off or damaged.`,
});

const nameOf = (file: ExportFile, { at, of }: SplitValue): string =>
  of === 'file' && at === 0 ? file.name : `Conversation ${at + 1} of ${file.name}`;

/** A message of a list, or the first line of a chat of SillyTavern. */
function isOneOfMany(value: unknown, { of }: SplitValue): boolean {
  if (!isObject(value)) return false;
  if (of === 'element') return typeof value.role === 'string' && !Array.isArray(value.messages);
  return 'user_name' in value && 'character_name' in value;
}

function* conversationsIn(
  value: unknown,
  beside: Beside,
  place: number,
  where: string,
): Generator<ReadConversation> {
  if (isOwn(value)) {
    const conversation = readOwn(value);
    if (conversation) yield { kind: 'own', conversation };
    else yield { kind: 'unreadable', sentence: `${where} does not say which conversation it is.` };
    return;
  }
  const format = formatOf(value);
  if (!format) {
    yield { kind: 'unreadable', sentence: `${where} is in no format that Bough knows.` };
    return;
  }
  try {
    for (const conversation of format.read(value, beside, place))
      yield { kind: 'source', format, conversation };
  } catch (error) {
    yield {
      kind: 'unreadable',
      sentence: `${where} (${format.name}) could not be read: ${(error as Error).message}.`,
    };
  }
}

/** ChatGPT's thumbs stand in a file of their own. */
async function ratingsOf(archive: Archive): Promise<Beside['ratings']> {
  const ratings = new Map<string, 'up' | 'down'>();
  const file = archive.find(['message_feedback.json']);
  if (!file) return ratings;
  for await (const { value } of splitJson(await file.read())) {
    const raw = objectOf(value);
    for (const entry of [raw, ...listOf(raw.items).map(objectOf)]) {
      const id = idOf(entry.message_id, entry.id);
      if (id !== undefined && entry.rating === 'thumbs_up') ratings.set(id, 'up');
      if (id !== undefined && entry.rating === 'thumbs_down') ratings.set(id, 'down');
    }
  }
  return ratings;
}
