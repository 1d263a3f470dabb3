/** Claude's data export: `conversations.json`, `chat_messages` in the order they came, with `parent_message_uuid` where it was edited. */
import { note, type Oddities, type SourceFile, type SourceNode, type SourcePart } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';

export const claude: Format = {
  id: 'claude',
  name: 'Claude',
  recognises: (value) => isObject(value) && Array.isArray(value.chat_messages),
  read: (value, _beside, place) => [readConversation(objectOf(value), place)],
};

/** The parent of what has none. */
const ROOT = /^0{8}-0{4}-4?0{3,4}-8?0{3,4}-0{12}$/;

function readConversation(raw: Json, place: number): SourceConversation {
  const odd: Oddities = new Map();
  const messages = listOf(raw.chat_messages).map(objectOf);
  const idAt = (index: number): string => idOf(messages[index]?.uuid) ?? `message ${index}`;
  const hasParents = messages.some(({ parent_message_uuid: parent }) => idOf(parent) !== undefined);
  const nodes = messages.map((message, index): SourceNode => {
    const named = idOf(message.parent_message_uuid);
    const before = index > 0 ? idAt(index - 1) : null;
    const parent = hasParents ? (named === undefined || ROOT.test(named) ? null : named) : before;
    return { id: idAt(index), parent, words: wordsOf(message, odd) };
  });
  const created = timeOf(raw.created_at);
  const updated = timeOf(raw.updated_at);
  const current = idOf(raw.current_leaf_message_uuid);
  return {
    id: idOf(raw.uuid) ?? `${textOf(raw.name)} ${place}`,
    ...(someText(raw.name) && { title: textOf(raw.name) }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(raw.is_starred === true && { starred: true }),
    ...(someText(raw.model) && { model: textOf(raw.model) }),
    ...(current !== undefined && { current }),
    nodes,
    odd,
  };
}

function wordsOf(message: Json, odd: Oddities): SourceNode['words'] {
  const role = message.sender === 'human' || message.sender === 'user' ? 'user' : 'assistant';
  const content = listOf(message.content);
  const said = content.flatMap((part) => partOf(objectOf(part), odd));
  const text = someText(message.text);
  const parts = [
    ...filesOf(message),
    ...(said.length > 0 ? said : text ? [{ kind: 'text' as const, text }] : []),
  ];
  if (parts.length === 0) return null;
  const time = timeOf(message.created_at, message.updated_at);
  const model = someText(message.model);
  return {
    role,
    parts,
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
    ...(message.stop_reason === 'max_tokens' && { finish: { reason: 'complete' as const, length: true } }),
    ...(message.truncated === true && { finish: { reason: 'interrupted' as const } }),
  };
}

function partOf(part: Json, odd: Oddities): SourcePart[] {
  switch (part.type) {
    case 'text':
      return someText(part.text) ? [{ kind: 'text', text: textOf(part.text) }] : [];
    case 'thinking':
      return someText(part.thinking) ? [{ kind: 'reasoning', text: textOf(part.thinking) }] : [];
    case 'tool_use':
      return [
        {
          kind: 'tool',
          call: idOf(part.id) ?? '',
          name: someText(part.name) ?? 'tool',
          input: json(part.input),
        },
      ];
    case 'tool_result': {
      const output = resultOf(part.content);
      const failed = part.is_error === true;
      const call = idOf(part.tool_use_id) ?? textOf(part.name);
      return [{ kind: 'tool', call, name: '', input: '', ...(failed ? { error: output } : { output }) }];
    }
    case 'token_budget':
      return [];
    default: {
      const kind = textOf(part.type) || 'part';
      note(odd, `parts Bough shows as data: ${kind}`);
      return [{ kind: 'data', name: kind, value: part }];
    }
  }
}

const json = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}));

function resultOf(content: unknown): string {
  if (typeof content === 'string') return textOf(content);
  const texts = listOf(content).map((part) => someText(objectOf(part).text) ?? JSON.stringify(part));
  return texts.join('\n');
}

/** Attached texts stand in the export; of other files only their names do. */
function filesOf(message: Json): SourcePart[] {
  const texts = listOf(message.attachments).map((raw): SourceFile => {
    const { file_name: name, extracted_content: content } = objectOf(raw);
    const text = someText(content);
    return {
      kind: 'attachment',
      name: someText(name) ?? 'text',
      ...(text !== undefined && { content: text }),
    };
  });
  const named = new Set(texts.map(({ name }) => name));
  const others = [...listOf(message.files), ...listOf(message.files_v2)].flatMap((raw): SourcePart[] => {
    const { file_name: name, file_uuid: uuid } = objectOf(raw);
    const called = someText(name) ?? idOf(uuid) ?? 'file';
    if (named.has(called)) return [];
    named.add(called);
    return [
      { kind: 'attachment', name: called, keys: [idOf(uuid), called].filter((key) => key !== undefined) },
    ];
  });
  return [...texts, ...others];
}
