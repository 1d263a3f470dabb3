/**
 * LobeChat: `state` (local exports) or `data` (of a server) with tables of sessions, topics and messages. A topic is a conversation; so
 * are the messages of a session without one. Questions are in the order of their times, replies hang under `parentId`.
 */
import { note, type Oddities, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';
import { thoughtsIn } from './thoughts-in-text.ts';

export const lobechat: Format = {
  id: 'lobechat',
  name: 'LobeChat',
  recognises: (value) =>
    isObject(value) &&
    (Array.isArray(objectOf(value.state).messages) ||
      (Array.isArray(objectOf(value.data).messages) && ('schemaHash' in value || 'mode' in value))),
  read: (value) => readAll(objectOf(value)),
};

function readAll(raw: Json): SourceConversation[] {
  const tables = Array.isArray(objectOf(raw.state).messages) ? objectOf(raw.state) : objectOf(raw.data);
  const sessions = byId(tables.sessions);
  const topics = byId(tables.topics);
  const groups = new Map<string, Json[]>();
  for (const message of listOf(tables.messages).map(objectOf)) {
    const topic = idOf(message.topicId, message.topic_id);
    const session = idOf(message.sessionId, message.session_id) ?? 'inbox';
    const key = topic ?? `session ${session}`;
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return [...groups].map(([key, messages]) => {
    const topic = topics.get(key);
    const session = sessions.get(idOf(messages[0]?.sessionId, messages[0]?.session_id) ?? '');
    return conversationOf(key, messages, topic, session);
  });
}

function byId(table: unknown): ReadonlyMap<string, Json> {
  return new Map(listOf(table).map((row) => [idOf(objectOf(row).id) ?? '', objectOf(row)]));
}

const whenOf = (message: Json): number => timeOf(message.createdAt, message.created_at) ?? 0;

function conversationOf(
  id: string,
  unsorted: readonly Json[],
  topic: Json | undefined,
  session: Json | undefined,
): SourceConversation {
  const odd: Oddities = new Map();
  const messages = [...unsorted].sort((a, b) => whenOf(a) - whenOf(b));
  const system = someText(objectOf(session?.config).systemRole, session?.systemRole, session?.system_role);
  const nodes: SourceNode[] = [];
  if (system)
    nodes.push({
      id: SYSTEM,
      parent: null,
      words: { role: 'system', parts: [{ kind: 'text', text: system }] },
    });
  let last: string | null = system ? SYSTEM : null;
  for (const [index, message] of messages.entries()) {
    const own = idOf(message.id) ?? `message ${index}`;
    const parent: string | null = idOf(message.parentId, message.parent_id) ?? last;
    nodes.push({ id: own, parent, words: wordsOf(message, odd) });
    last = own;
  }
  const title = someText(topic?.title, objectOf(session?.meta).title, session?.title);
  const created = timeOf(topic?.createdAt, topic?.created_at, messages[0] && whenOf(messages[0]));
  const updated = timeOf(topic?.updatedAt, topic?.updated_at);
  const isStarred = topic?.favorite === true || topic?.favorite === 1;
  return {
    id,
    ...(title && { title }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(isStarred && { starred: true }),
    nodes,
    odd,
  };
}

const SYSTEM = 'system prompt';

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const isTool = message.role === 'tool';
  const role = message.role === 'user' || message.role === 'system' ? message.role : 'assistant';
  const thoughts = someText(objectOf(message.reasoning).content, message.reasoning);
  const text = textOf(message.content);
  const failure = someText(objectOf(message.error).message);
  const said = role === 'assistant' ? thoughtsIn(text) : text.trim() ? [{ kind: 'text' as const, text }] : [];
  const parts: SourcePart[] = isTool
    ? [{ kind: 'tool', call: idOf(message.tool_call_id) ?? '', name: '', input: '', output: text }]
    : [
        ...listOf(message.files).map((file): SourcePart => {
          const key = idOf(file, objectOf(file).id);
          return { kind: 'attachment', name: key ?? 'file', ...(key !== undefined && { keys: [key] }) };
        }),
        ...(thoughts ? [{ kind: 'reasoning' as const, text: thoughts }] : []),
        ...said,
        ...callsOf(message),
      ];
  if (parts.length === 0 && !failure) return null;
  if (message.search) note(odd, 'parts Bough shows as data: search');
  const time = timeOf(message.createdAt, message.created_at);
  const model = someText(message.model, objectOf(message.extra).fromModel);
  return {
    role,
    parts: message.search ? [...parts, { kind: 'data', name: 'Search', value: message.search }] : parts,
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
    ...(failure && {
      finish: { reason: 'failed' as const, failure: { code: 'provider', sentence: failure } },
    }),
    ...(isTool && { continues: true }),
  };
}

function callsOf(message: Json): SourcePart[] {
  return listOf(message.tools).map((raw): SourcePart => {
    const { id, identifier, apiName, arguments: input } = objectOf(raw);
    const name = [someText(identifier), someText(apiName)].filter(Boolean).join('.') || 'tool';
    return { kind: 'tool', call: idOf(id) ?? '', name, input: textOf(input) };
  });
}
