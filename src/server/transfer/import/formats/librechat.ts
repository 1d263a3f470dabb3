/** LibreChat: one file a conversation, `messages` flat or, exported recursively, as trees of `children`. */
import { note, type Oddities, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';
import { thoughtsIn } from './thoughts-in-text.ts';

export const librechat: Format = {
  id: 'librechat',
  name: 'LibreChat',
  recognises: (value) =>
    isObject(value) &&
    (Array.isArray(value.messages) || Array.isArray(value.messagesTree)) &&
    (idOf(value.conversationId) !== undefined || 'endpoint' in value) &&
    [...listOf(value.messages), ...listOf(value.messagesTree)].every(
      (message) => 'isCreatedByUser' in objectOf(message) || 'sender' in objectOf(message),
    ),
  read: (value, _beside, place) => [readConversation(objectOf(value), place)],
};

/** The parent of a first message. */
const ROOT = '00000000-0000-0000-0000-000000000000';

function readConversation(raw: Json, place: number): SourceConversation {
  const odd: Oddities = new Map();
  const messages = flattened(listOf(raw.messages ?? raw.messagesTree));
  const options = objectOf(raw.options);
  const system = someText(options.promptPrefix, options.system, raw.promptPrefix);
  const top: SourceNode[] = system
    ? [{ id: SYSTEM, parent: null, words: { role: 'system', parts: [{ kind: 'text', text: system }] } }]
    : [];
  const nodes = messages.map((message, index): SourceNode => {
    const named = idOf(message.parentMessageId);
    const first = system ? SYSTEM : null;
    const parent = named === undefined || named === ROOT ? first : named;
    return { id: idOf(message.messageId) ?? `message ${index}`, parent, words: wordsOf(message, odd) };
  });
  const created = timeOf(raw.createdAt, messages[0]?.createdAt);
  const updated = timeOf(raw.updatedAt, raw.exportAt);
  const model = someText(options.model, raw.model);
  return {
    id: idOf(raw.conversationId) ?? `${textOf(raw.title)} ${place}`,
    ...(someText(raw.title) && { title: textOf(raw.title) }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(raw.isArchived === true && { archived: true }),
    ...(model && { model }),
    nodes: [...top, ...nodes],
    odd,
  };
}

const SYSTEM = 'system prompt';

/** Children in place of ids, too: without recursion, as deep as it may be. */
function flattened(messages: readonly unknown[]): Json[] {
  const flat: Json[] = [];
  const waiting = messages.map((message) => ({
    message: objectOf(message),
    parent: undefined as string | undefined,
  }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { message, parent } = next;
    const named = idOf(message.parentMessageId) ?? parent;
    flat.push(named === undefined ? message : { ...message, parentMessageId: named });
    const own = idOf(message.messageId);
    waiting.push(...listOf(message.children).map((child) => ({ message: objectOf(child), parent: own })));
  }
  return flat;
}

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const role = message.isCreatedByUser === true || message.sender === 'User' ? 'user' : 'assistant';
  const content = listOf(message.content).flatMap((part) => partOf(objectOf(part), odd));
  const text = textOf(message.text);
  const isFailed = message.error === true;
  const said = content.length > 0 ? content : thoughtsIn(text);
  const parts = [...filesOf(message), ...said];
  if (parts.length === 0) return null;
  const time = timeOf(message.createdAt, message.updatedAt);
  const model = someText(message.model);
  const { rating } = objectOf(message.feedback);
  return {
    role,
    parts,
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
    ...(isFailed && { finish: { reason: 'failed' as const } }),
    ...(!isFailed && message.unfinished === true && { finish: { reason: 'stopped' as const } }),
    ...(rating === 'thumbsUp' && { rating: 'up' as const }),
    ...(rating === 'thumbsDown' && { rating: 'down' as const }),
  };
}

function partOf(part: Json, odd: Oddities): SourcePart[] {
  switch (part.type) {
    case 'text': {
      const text = someText(part.text, objectOf(part.text).value);
      return text ? [{ kind: 'text', text }] : [];
    }
    case 'think': {
      const text = someText(part.think);
      return text ? [{ kind: 'reasoning', text }] : [];
    }
    case 'tool_call': {
      const { id, name, args, output } = objectOf(part.tool_call);
      const input = typeof args === 'string' ? args : JSON.stringify(args ?? {});
      const result = someText(output);
      return [
        {
          kind: 'tool',
          call: idOf(id) ?? '',
          name: someText(name) ?? 'tool',
          input,
          ...(result && { output: result }),
        },
      ];
    }
    case 'error': {
      const text = someText(part.error, objectOf(part.error).message);
      return text ? [{ kind: 'text', text }] : [];
    }
    default: {
      const kind = textOf(part.type) || 'part';
      note(odd, `parts Bough shows as data: ${kind}`);
      return [{ kind: 'data', name: kind, value: part }];
    }
  }
}

function filesOf(message: Json): SourcePart[] {
  return [...listOf(message.files), ...listOf(message.attachments)].map((raw): SourcePart => {
    const { filename, file_id: id, text } = objectOf(raw);
    const content = someText(text);
    const key = idOf(id);
    return {
      kind: 'attachment',
      name: someText(filename) ?? key ?? 'file',
      ...(content !== undefined && { content }),
      ...(key !== undefined && { keys: [key] }),
    };
  });
}
