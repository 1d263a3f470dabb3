/**
 * ChatGPT's data export: `conversations.json`, or `conversations-000.json` and so on. A conversation is a `mapping` of nodes. A reply is
 * often several of them: thoughts, calls of tools (an assistant's message to a `recipient`), their results, words.
 */
import { note, type Oddities, type SourceNode, type SourcePart, type SourceWords } from '../nodes.ts';
import type { Beside, Format, SourceConversation } from '../source.ts';
import { idOf, isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';

export const chatgpt: Format = {
  id: 'chatgpt',
  name: 'ChatGPT',
  recognises: (value) => isObject(value) && isObject(value.mapping),
  read: (value, beside, place) => [readConversation(objectOf(value), beside, place)],
};

function readConversation(raw: Json, { ratings }: Beside, place: number): SourceConversation {
  const odd: Oddities = new Map();
  const mapping = objectOf(raw.mapping);
  if (Object.keys(mapping).length === 0) note(odd, 'conversations without a message');
  const nodes = Object.entries(mapping).map(([id, node]) => readNode(id, objectOf(node), odd, ratings));
  return {
    id: idOf(raw.conversation_id, raw.id) ?? `${textOf(raw.title)} ${String(raw.create_time)} ${place}`,
    ...titled(raw),
    nodes,
    odd,
    ...dated(raw),
    ...(raw.is_archived === true && { archived: true }),
    ...(raw.is_starred === true && { starred: true }),
    ...(someText(raw.default_model_slug) && { model: textOf(raw.default_model_slug) }),
    ...currentOf(raw, mapping, odd),
  };
}

const titled = ({ title }: Json) => (someText(title) ? { title: textOf(title) } : {});

function dated(raw: Json): { created?: number; updated?: number } {
  const created = timeOf(raw.create_time);
  const updated = timeOf(raw.update_time);
  return { ...(created !== undefined && { created }), ...(updated !== undefined && { updated }) };
}

function currentOf(raw: Json, mapping: Json, odd: Oddities): { current?: string } {
  const current = idOf(raw.current_node);
  if (current === undefined) return {};
  if (Object.hasOwn(mapping, current)) return { current };
  note(odd, 'a last place that is not there: the newest message is taken');
  return {};
}

function readNode(id: string, node: Json, odd: Oddities, ratings: Beside['ratings']): SourceNode {
  const parent = idOf(node.parent) ?? null;
  const message = isObject(node.message) ? node.message : null;
  if (!message) return { id, parent, words: null };
  const words = wordsOf(message, odd, listOf(node.children).length === 0);
  const rating = ratings.get(idOf(message.id) ?? id) ?? ratings.get(id);
  return { id, parent, words: words && rating ? { ...words, rating } : words };
}

/** @param last nothing follows it */
function wordsOf(message: Json, odd: Oddities, last: boolean): SourceWords | null {
  const { role: author, name } = objectOf(message.author);
  const metadata = objectOf(message.metadata);
  const content = objectOf(message.content);
  const hidden = metadata.is_visually_hidden_from_conversation === true;
  const isProfile = content.content_type === 'user_editable_context';
  // Empty places of the program itself.
  if (hidden && !isProfile) return null;
  const role =
    author === 'user' && !isProfile ? 'user' : author === 'system' || isProfile ? 'system' : 'assistant';
  const parts = [...partsOf(message, content, odd), ...attachmentsOf(metadata)];
  const finish = finishOf(message, metadata, role);
  // A reply that was stopped before its first word is a version all the same.
  if (parts.length === 0 && !(last && author === 'assistant' && finish.finish)) return null;
  const model = someText(metadata.model_slug);
  const time = timeOf(message.create_time, message.update_time);
  const isTool = author === 'tool';
  return {
    role,
    parts: isTool ? asResult(parts, textOf(name)) : parts,
    ...(model && role === 'assistant' && { model }),
    ...(time !== undefined && { time }),
    ...finish,
    ...(role === 'assistant' && { continues: true }),
  };
}

function finishOf(message: Json, metadata: Json, role: string): Pick<SourceWords, 'finish'> {
  if (role !== 'assistant') return {};
  const { type } = objectOf(metadata.finish_details);
  if (type === 'interrupted') return { finish: { reason: 'stopped' } };
  if (type === 'max_tokens') return { finish: { reason: 'complete', length: true } };
  return message.status === 'in_progress' ? { finish: { reason: 'interrupted' } } : {};
}

function partsOf(message: Json, content: Json, odd: Oddities): SourcePart[] {
  const type = textOf(content.content_type);
  const recipient = textOf(message.recipient);
  const text = someText(
    content.text,
    listOf(content.parts)
      .filter((part) => typeof part === 'string')
      .join('\n'),
  );
  const isCall = recipient !== '' && recipient !== 'all' && objectOf(message.author).role === 'assistant';
  if (isCall) return [{ kind: 'tool', call: idOf(message.id) ?? '', name: recipient, input: text ?? '' }];
  switch (type) {
    case 'text':
    case 'multimodal_text':
      return listOf(content.parts).flatMap((part) => partOf(part, odd));
    case 'code':
      return text ? [{ kind: 'text', text: fenced(text, someText(content.language)) }] : [];
    case 'execution_output':
    case 'system_error':
      return [{ kind: 'text', text: textOf(content.text) }];
    case 'tether_browsing_display':
      return [{ kind: 'text', text: someText(content.result, content.summary) ?? '' }];
    case 'thoughts':
      return listOf(content.thoughts).flatMap((thought) => {
        const { summary, content: said } = objectOf(thought);
        const words = [someText(summary), someText(said)].filter(Boolean).join('\n\n');
        return words ? [{ kind: 'reasoning' as const, text: words }] : [];
      });
    case 'reasoning_recap':
      return [];
    case 'user_editable_context':
      return profileOf(content);
    case 'tether_quote':
      return text
        ? [{ kind: 'text', text: `> ${text.replaceAll('\n', '\n> ')}\n\n${textOf(content.url)}` }]
        : [];
    default:
      return unknownPart(type || 'message', content, odd);
  }
}

/** What was written about oneself in the settings: a system prompt, as the model read it. */
function profileOf(content: Json): SourcePart[] {
  const words = [someText(content.user_profile), someText(content.user_instructions)].filter(Boolean);
  return words.length > 0 ? [{ kind: 'text', text: words.join('\n\n') }] : [];
}

function partOf(part: unknown, odd: Oddities): SourcePart[] {
  if (typeof part === 'string') return part.trim() === '' ? [] : [{ kind: 'text', text: textOf(part) }];
  const raw = objectOf(part);
  const pointer = someText(raw.asset_pointer, objectOf(raw.audio_asset_pointer).asset_pointer);
  switch (raw.content_type) {
    case 'image_asset_pointer':
      return pointer ? [assetOf(pointer)] : [];
    case 'audio_transcription':
      return someText(raw.text) ? [{ kind: 'text', text: textOf(raw.text) }] : [];
    case 'audio_asset_pointer':
    case 'real_time_user_audio_video_asset_pointer':
      return pointer ? [assetOf(pointer)] : [];
    default:
      return unknownPart(textOf(raw.content_type) || 'part', part, odd);
  }
}

/** `file-service://file-abc`, `sediment://file_abc`: in the archive as `file-abc-name.png` or in a folder. */
function assetOf(pointer: string): SourcePart {
  const key = pointer.replace(/^[a-z-]+:\/\//, '').split(/[#?]/)[0] ?? pointer;
  return { kind: 'attachment', name: key, keys: [key] };
}

function attachmentsOf({ attachments }: Json): SourcePart[] {
  return listOf(attachments).flatMap((raw): SourcePart[] => {
    const { id, name, mime_type: type, mimeType } = objectOf(raw);
    // Pictures stand among the parts.
    if (textOf(type ?? mimeType).startsWith('image/')) return [];
    const key = idOf(id);
    return [
      {
        kind: 'attachment',
        name: someText(name) ?? key ?? 'file',
        ...(key !== undefined && { keys: [key] }),
      },
    ];
  });
}

/** What a tool gave: joins the call above it (nodes.ts), which it does not name. */
function asResult(parts: readonly SourcePart[], name: string): SourcePart[] {
  const output = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  const others = parts.filter(({ kind }) => kind !== 'text');
  return [{ kind: 'tool', call: name, name: '', input: '', output }, ...others];
}

function unknownPart(kind: string, value: unknown, odd: Oddities): SourcePart[] {
  note(odd, `parts Bough shows as data: ${kind}`);
  return [{ kind: 'data', name: kind, value }];
}

function fenced(text: string, language = ''): string {
  const fence = text.includes('```') ? '````' : '```';
  return `${fence}${language === 'unknown' ? '' : language}\n${text}\n${fence}`;
}
