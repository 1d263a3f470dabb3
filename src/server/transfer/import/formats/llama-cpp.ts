/** The page of llama.cpp's server: `{conv, messages}`, one or an array of them. A message of type `root` connects the first ones. */
import { note, type Oddities, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';
import { dataOf } from './open-webui.ts';
import { thoughtsIn } from './thoughts-in-text.ts';

export const llamaCpp: Format = {
  id: 'llama-cpp',
  name: 'llama.cpp',
  recognises: (value) => isObject(value) && isObject(value.conv) && Array.isArray(value.messages),
  read: (value, _beside, place) => [readConversation(objectOf(value), place)],
};

function readConversation(raw: Json, place: number): SourceConversation {
  const conv = objectOf(raw.conv);
  const odd: Oddities = new Map();
  const messages = listOf(raw.messages).map(objectOf);
  const nodes = messages.map((message, index): SourceNode => {
    const parent = idOf(message.parent);
    return {
      id: idOf(message.id) ?? `message ${index}`,
      parent: parent === undefined || parent === '-1' ? null : parent,
      words: message.type === 'root' ? null : wordsOf(message, odd),
    };
  });
  const created = timeOf(messages[0]?.timestamp);
  const updated = timeOf(conv.lastModified);
  const current = idOf(conv.currNode);
  return {
    id: idOf(conv.id) ?? `${textOf(conv.name)} ${place}`,
    ...(someText(conv.name) && { title: textOf(conv.name) }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(current !== undefined && { current }),
    nodes,
    odd,
  };
}

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const role = message.role === 'user' || message.role === 'system' ? message.role : 'assistant';
  const thoughts = someText(message.reasoningContent, message.reasoning_content, message.thinking);
  const text = textOf(message.content);
  const said = role === 'assistant' ? thoughtsIn(text) : text.trim() ? [{ kind: 'text' as const, text }] : [];
  const parts: SourcePart[] = [
    ...listOf(message.extra).flatMap((extra) => extraOf(objectOf(extra), odd)),
    ...(thoughts ? [{ kind: 'reasoning' as const, text: thoughts }] : []),
    ...said,
    ...callsOf(message),
  ];
  if (parts.length === 0) return null;
  const time = timeOf(message.timestamp);
  const model = someText(message.model);
  const { prompt_n: input, predicted_n: output } = objectOf(message.timings);
  return {
    role,
    parts,
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
    ...(typeof input === 'number' &&
      typeof output === 'number' &&
      role === 'assistant' && { usage: { input, output } }),
  };
}

function extraOf(extra: Json, odd: Oddities): SourcePart[] {
  const name = someText(extra.name) ?? 'file';
  const url = someText(extra.base64Url);
  if (url?.startsWith('data:')) return [{ kind: 'attachment', name, content: dataOf(url) }];
  const text = someText(extra.content);
  if (text) return [{ kind: 'attachment', name, content: text }];
  const kind = textOf(extra.type) || 'extra';
  note(odd, `parts Bough shows as data: ${kind}`);
  return [{ kind: 'data', name: kind, value: extra }];
}

function callsOf(message: Json): SourcePart[] {
  const calls = typeof message.toolCalls === 'string' ? parsed(message.toolCalls) : message.toolCalls;
  return listOf(calls).map((raw): SourcePart => {
    const { id, function: called } = objectOf(raw);
    const { name, arguments: input } = objectOf(called);
    return { kind: 'tool', call: idOf(id) ?? '', name: someText(name) ?? 'tool', input: textOf(input) };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}
