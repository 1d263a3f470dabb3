/** Forms that others read: Markdown, messages of OpenAI, ChatGPT's mapping. Pure, but for pictures and audio, which are given. */

import {
  type FilePart,
  fenced,
  filesOf,
  isAudio,
  isImage,
  joined,
  type Message,
  nameOfAuthor,
  type Part,
  partPlain,
  plainOf,
  shorten,
} from '../../../protocol/index.ts';
import { dateOf } from '../../../protocol/reading/date-of.ts';
import { versionsOf } from '../../../tree/index.ts';
import type { ChosenMessages } from './chosen.ts';

export const titleOf = ({ whole }: ChosenMessages): string => whole.header.title.text || 'New chat';

/** Headings say who; what does not follow what stands above it says what it follows, and which version it is. */
export function markdown(chosen: ChosenMessages): string {
  const { messages, whole } = chosen;
  const byId = new Map(messages.map((message) => [message.id, message]));
  const blocks = messages.map((message, index) => {
    const before = messages[index - 1]?.id ?? null;
    const parent = message.parent === null ? undefined : byId.get(message.parent);
    const follows = message.parent !== before && parent ? `*After “${firstWords(parent)}”:*\n\n` : '';
    const files = filesOf(message.parts).map(({ name }) => `*File: ${name}*\n\n`);
    const words = message.parts.reduce((said, part) => joined(said, written(part), part), '').trim();
    return `## ${whoOf(message)}${versionOf(chosen, message.id)}\n\n${follows}${files.join('')}${words}\n`;
  });
  return `# ${titleOf(chosen)}\n\n${whole.header.created ? `${dateOf(whole.header.created).toISOString().slice(0, 10)}\n\n` : ''}${blocks.join('\n')}`;
}

/** A part to be read: also what a tool was called with, and what it gave. */
function written(part: Part): string {
  if (part.kind !== 'tool') return partPlain(part);
  const { name, input, output = '', error = '' } = part;
  const blocks = [input, output, error].filter(Boolean).map((text) => `\n\n${fenced(text)}`);
  return `*Tool: ${name}*${blocks.join('')}`;
}

function whoOf({ role, author }: Message): string {
  if (role === 'system') return 'System prompt';
  return nameOfAuthor(author) || 'You';
}

const firstWords = ({ parts }: Message): string => shorten(plainOf(parts), 60);

function versionOf({ whole, messages }: ChosenMessages, id: string): string {
  const there = new Set(messages.map((message) => message.id));
  const versions = versionsOf(whole.tree, id).filter((own) => there.has(own));
  return versions.length > 1 ? ` (${versions.indexOf(id) + 1} of ${versions.length})` : '';
}

/** A picture or audio as a data URL; undefined where its content is not here. */
export type MediaOf = (hash: string) => string | undefined;

/** A line of JSONL: the path as OpenAI's API takes it. */
export function openaiLine({ messages, path }: ChosenMessages, mediaOf: MediaOf): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const said = path.flatMap((id) => byId.get(id) ?? []);
  const list = said.map(({ role, parts }) => {
    const text = plainOf(parts).trim();
    const media = filesOf(parts).flatMap((file) => mediaEntry(file, mediaOf(file.hash)));
    return { role, content: media.length > 0 ? [...media, { type: 'text', text }] : text };
  });
  return `${JSON.stringify({ messages: list })}\n`;
}

function mediaEntry(file: FilePart, url: string | undefined): object[] {
  if (url && isImage(file)) return [{ type: 'image_url', image_url: { url } }];
  if (!url || !isAudio(file)) return [];
  const format = file.type === 'audio/wav' ? 'wav' : 'mp3';
  return [{ type: 'input_audio', input_audio: { data: url.slice(url.indexOf(',') + 1), format } }];
}

/** One conversation as ChatGPT exports it: what its readers take is there, and nothing else. */
export function chatgptConversation(chosen: ChosenMessages): object {
  const { messages, whole, path } = chosen;
  const there = new Set(messages.map(({ id }) => id));
  const parentOf = ({ parent }: Message): string => (parent !== null && there.has(parent) ? parent : ROOT);
  const children = new Map<string, string[]>();
  for (const message of messages) {
    const parent = parentOf(message);
    children.set(parent, [...(children.get(parent) ?? []), message.id]);
  }
  const nodes = messages.map((message) => [
    message.id,
    nodeOf(message, parentOf(message), children.get(message.id) ?? []),
  ]);
  return {
    title: titleOf(chosen),
    create_time: seconds(whole.header.created ?? 0),
    update_time: seconds(whole.header.active),
    mapping: {
      [ROOT]: { id: ROOT, message: null, parent: null, children: children.get(ROOT) ?? [] },
      ...Object.fromEntries(nodes),
    },
    conversation_id: whole.header.id,
    id: whole.header.id,
    current_node: path.at(-1) ?? messages.at(-1)?.id ?? ROOT,
    is_archived: whole.header.archived,
  };
}

const ROOT = 'root-of-the-conversation';
const seconds = (ms: number): number => ms / 1_000;

function nodeOf(
  { id, role, author, parts, time }: Message,
  parent: string,
  children: readonly string[],
): object {
  const thoughts = parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : []));
  return {
    ...{ id, parent, children },
    message: {
      ...{ id, author: { role, name: null, metadata: {} }, create_time: seconds(time), update_time: null },
      content: { content_type: 'text', parts: [plainOf(parts).trim()] },
      ...{ status: 'finished_successfully', end_turn: role === 'assistant', weight: 1, recipient: 'all' },
      metadata: {
        ...(author.kind === 'model' && { model_slug: author.model.id }),
        ...(thoughts.length > 0 && { thoughts }),
      },
    },
  };
}

/** For the name of a file: no path, nothing a file system refuses. */
export function fileNameOf(title: string): string {
  const clean = title
    .replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  // Windows drops dots at the end, and a title that is a sentence has one.
  const name = clean.replace(/^\.+|[. ]+$/g, '') || 'Conversation';
  return DEVICES.test(name) ? `${name} (chat)` : name;
}

/** Names that are devices on Windows, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
