/** Messages as OpenAI's API takes them: a list of `{role, content}`, or JSONL with one `{messages}` a line. There are no ids in it. */
import { createHash } from 'node:crypto';
import { note, type Oddities, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf } from '../values.ts';
import { dataOf } from './open-webui.ts';

export const openaiMessages: Format = {
  id: 'openai-messages',
  name: 'OpenAI messages',
  recognises: (value) => {
    const messages = messagesOf(value);
    return (
      messages.length > 0 &&
      messages.every((message) => isObject(message) && typeof message.role === 'string')
    );
  },
  read: (value) => [readMessages(messagesOf(value).map(objectOf), objectOf(value))],
};

const messagesOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : listOf(objectOf(value).messages);

function readMessages(messages: readonly Json[], about: Json): SourceConversation {
  const odd: Oddities = new Map();
  const nodes = messages.map((message, index): SourceNode => {
    return {
      id: String(index),
      parent: index === 0 ? null : String(index - 1),
      words: wordsOf(message, odd),
    };
  });
  // The same words again are the same conversation; one that went on is another.
  const id = idOf(about.id) ?? createHash('sha256').update(JSON.stringify(messages)).digest('hex');
  const title = someText(about.title, objectOf(about.metadata).title);
  const model = someText(about.model);
  return { id, ...(title && { title }), ...(model && { model }), nodes, odd };
}

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const { role: said } = message;
  const isTool = said === 'tool' || said === 'function';
  const role = said === 'user' ? 'user' : said === 'system' || said === 'developer' ? 'system' : 'assistant';
  const thoughts = someText(message.reasoning_content, message.reasoning);
  const content = contentOf(message.content, odd);
  const parts: SourcePart[] = isTool
    ? [
        {
          kind: 'tool',
          call: idOf(message.tool_call_id, message.name) ?? '',
          name: '',
          input: '',
          output: plain(content),
        },
      ]
    : [
        ...(thoughts ? [{ kind: 'reasoning' as const, text: thoughts }] : []),
        ...content,
        ...callsOf(message),
      ];
  if (parts.length === 0) return null;
  return { role, parts, ...((isTool || role === 'assistant') && { continues: true }) };
}

const plain = (parts: readonly SourcePart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

function contentOf(content: unknown, odd: Oddities): SourcePart[] {
  if (typeof content === 'string')
    return content.trim() === '' ? [] : [{ kind: 'text', text: textOf(content) }];
  return listOf(content).flatMap((raw): SourcePart[] => {
    const part = objectOf(raw);
    const text = someText(part.text, part.refusal);
    if (text) return [{ kind: 'text', text }];
    const url = textOf(objectOf(part.image_url).url ?? part.image_url);
    if (url.startsWith('data:')) return [{ kind: 'attachment', name: 'image', content: dataOf(url) }];
    const kind = textOf(part.type) || 'part';
    note(odd, `parts Bough shows as data: ${kind}`);
    return [{ kind: 'data', name: kind, value: raw }];
  });
}

function callsOf(message: Json): SourcePart[] {
  return listOf(message.tool_calls).map((raw): SourcePart => {
    const { id, function: called } = objectOf(raw);
    const { name, arguments: input } = objectOf(called);
    return { kind: 'tool', call: idOf(id) ?? '', name: someText(name) ?? 'tool', input: textOf(input) };
  });
}
