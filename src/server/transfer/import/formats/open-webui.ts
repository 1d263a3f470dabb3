/** Open WebUI: an array of chats with `chat.history.messages` by id. */
import { note, type Oddities, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';
import { thoughtsIn } from './thoughts-in-text.ts';

export const openWebui: Format = {
  id: 'open-webui',
  name: 'Open WebUI',
  recognises: (value) =>
    isObject(value) &&
    (isObject(objectOf(objectOf(value.chat).history).messages) || isObject(objectOf(value.history).messages)),
  read: (value, _beside, place) => [readConversation(objectOf(value), place)],
};

function readConversation(raw: Json, place: number): SourceConversation {
  const chat = isObject(raw.chat) ? raw.chat : raw;
  const history = objectOf(chat.history);
  const odd: Oddities = new Map();
  const messages = Object.entries(objectOf(history.messages));
  const system = someText(objectOf(chat.params).system, chat.system);
  const top: SourceNode[] = system ? [{ id: SYSTEM, parent: null, words: systemWords(system) }] : [];
  const nodes = messages.map(([id, message]): SourceNode => {
    const { parentId } = objectOf(message);
    return { id, parent: idOf(parentId) ?? (system ? SYSTEM : null), words: wordsOf(objectOf(message), odd) };
  });
  const title = someText(raw.title, chat.title);
  const created = timeOf(raw.created_at, chat.timestamp);
  const updated = timeOf(raw.updated_at);
  const current = idOf(history.currentId);
  const model = someText(listOf(chat.models)[0]);
  return {
    id: idOf(raw.id, chat.id) ?? `${title ?? ''} ${place}`,
    ...(title && { title }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(raw.archived === true && { archived: true }),
    ...(raw.pinned === true && { starred: true }),
    ...(model && { model }),
    ...(current !== undefined && { current }),
    nodes: [...top, ...nodes],
    odd,
  };
}

const SYSTEM = 'system prompt';
const systemWords = (text: string): SourceNode['words'] => ({
  role: 'system',
  parts: [{ kind: 'text', text }],
});

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const { role: said } = message;
  const role = said === 'user' || said === 'system' ? said : 'assistant';
  const failure = someText(objectOf(message.error).content, message.error);
  const parts: SourcePart[] = [
    ...listOf(message.files).flatMap((file) => fileOf(objectOf(file))),
    ...(role === 'assistant' ? withThoughts(textOf(message.content)) : textParts(message.content)),
    ...sourcesOf(message, odd),
  ];
  if (parts.length === 0 && !failure) return null;
  const time = timeOf(message.timestamp);
  const model = someText(message.model, message.modelName);
  const { rating } = objectOf(message.annotation);
  return {
    role,
    parts,
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
    ...usageOf(message),
    ...(failure && {
      finish: { reason: 'failed' as const, failure: { code: 'provider', sentence: failure } },
    }),
    ...(!failure && message.done === false && { finish: { reason: 'interrupted' as const } }),
    ...((rating === 1 || rating === -1) && { rating: rating === 1 ? ('up' as const) : ('down' as const) }),
  };
}

function textParts(content: unknown): SourcePart[] {
  const text = textOf(content);
  return text.trim() === '' ? [] : [{ kind: 'text', text }];
}

/** `<details type="reasoning">` and, of older versions, `<think>`. */
function withThoughts(content: string): SourcePart[] {
  const parts: SourcePart[] = [];
  const details = /<details type="(reasoning|tool_calls|code_interpreter)"[^>]*>([\s\S]*?)<\/details>/g;
  let end = 0;
  for (const match of content.matchAll(details)) {
    parts.push(...thoughtsIn(content.slice(end, match.index)));
    end = match.index + match[0].length;
    const words = (match[2] ?? '')
      .replace(/<summary>[\s\S]*?<\/summary>/, '')
      .replace(/^> ?/gm, '')
      .trim();
    if (match[1] === 'reasoning') parts.push({ kind: 'reasoning', text: unescaped(words) });
    else parts.push(callOf(match[0], match[1] ?? '', words));
  }
  return [...parts, ...thoughtsIn(end > 0 ? content.slice(end).replace(/^\s*\n/, '') : content)];
}

function callOf(tag: string, type: string, words: string): SourcePart {
  const field = (name: string): string => unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  const output = field('result') || field('output');
  return {
    kind: 'tool',
    call: field('id') || type,
    name: field('name') || type,
    input: field('arguments') || unescaped(words),
    ...(output && { output }),
  };
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function fileOf(file: Json): SourcePart[] {
  const inner = objectOf(file.file);
  const name = someText(file.name, inner.filename, objectOf(inner.meta).name) ?? 'file';
  const content = someText(objectOf(inner.data).content, objectOf(file.content).content);
  const url = textOf(file.url);
  const key = idOf(file.id, inner.id);
  if (url.startsWith('data:')) return [{ kind: 'attachment', name, content: dataOf(url) }];
  return [
    {
      kind: 'attachment',
      name,
      ...(content !== undefined && { content }),
      ...(key !== undefined && { keys: [key] }),
    },
  ];
}

/** The bytes of a data URL. */
export function dataOf(url: string): Uint8Array {
  const comma = url.indexOf(',');
  const isBase64 = url.slice(0, comma).endsWith(';base64');
  const data = url.slice(comma + 1);
  return isBase64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data));
}

function sourcesOf(message: Json, odd: Oddities): SourcePart[] {
  const sources = listOf(message.sources ?? message.citations);
  if (sources.length === 0) return [];
  note(odd, 'parts Bough shows as data: sources');
  return [{ kind: 'data', name: 'Sources', value: sources }];
}

function usageOf(message: Json): { usage?: { input?: number; output?: number } } {
  const usage = objectOf(message.usage ?? message.info);
  const input = numberOf(usage.prompt_tokens ?? usage.prompt_eval_count ?? usage.input_tokens);
  const output = numberOf(usage.completion_tokens ?? usage.eval_count ?? usage.output_tokens);
  if (input === undefined && output === undefined) return {};
  return { usage: { ...(input !== undefined && { input }), ...(output !== undefined && { output }) } };
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
