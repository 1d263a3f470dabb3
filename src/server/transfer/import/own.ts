/** Bough's own JSON: conversations with all their messages as they are stored, so that nothing is lost. Written by ../export/own.ts. */
import * as z from 'zod/mini';
import { is, modelRefSchema } from '../../../protocol/fields.ts';
import {
  CHAT_FOLDER_LIMIT,
  idSchema,
  LABEL_LIMIT,
  type Message,
  markFields,
  readMessages,
  TITLE_LIMIT,
} from '../../../protocol/index.ts';
import type { Brought, BroughtMark } from '../../conversations/index.ts';
import { isObject, listOf, objectOf, someText, timeOf } from './values.ts';

/** The first field of the file, and its version. */
export const OWN = 'bough';
export const OWN_VERSION = 1;

export interface OwnConversation {
  readonly brought: Brought;
  /** Contents by hash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A conversation of it stands for itself, one a line. */
export const isOwn = (value: unknown): boolean =>
  isObject(value) && typeof value[OWN] === 'number' && isObject(value.conversation);

/** Anybody can write such a file: what is not as Bough writes it is left out. Null where it does not say which conversation it is. */
export function readOwn(value: unknown): OwnConversation | null {
  const raw = objectOf(value);
  const header = objectOf(raw.conversation);
  const { id, model } = header;
  if (!is(idSchema, id)) return null;
  const created = timeOf(header.created) ?? 0;
  return {
    brought: {
      conversation: id,
      ...titleIn(header.title),
      created,
      active: timeOf(header.active) ?? created,
      ...(header.archived === true && { archived: true }),
      ...(header.pinned === true && { pinned: true }),
      ...filedIn(header.filed),
      ...(is(modelRefSchema, model) && { model: { source: model.source, id: model.id } }),
      messages: sorted(readMessages([...listOf(raw.messages)])),
      marks: listOf(raw.marks).flatMap(markIn),
      ...(is(idSchema, raw.leaf) && { leaf: raw.leaf }),
    },
    files: new Map(
      Object.entries(objectOf(raw.files)).map(([hash, content]) => [
        hash,
        Buffer.from(String(content), 'base64'),
      ]),
    ),
  };
}

function titleIn(value: unknown): Pick<Brought, 'title'> {
  const title = objectOf(value);
  const by = title.by === 'person' || title.by === 'model' ? title.by : 'words';
  const text = someText(title.text)?.slice(0, TITLE_LIMIT);
  return text ? { title: { text, by } } : {};
}

const markSchema = z.object({ message: idSchema, ...markFields });

/** One with a field that is none says nothing, but for a label that is too long. */
function markIn(value: unknown): BroughtMark[] {
  const { label, ...mark } = objectOf(value);
  const cut = typeof label === 'string' ? label.slice(0, LABEL_LIMIT) : label;
  const { data } = markSchema.safeParse({ ...mark, ...(cut !== undefined && { label: cut }) });
  return data ? [data] : [];
}

/** The folder of conversations it was in; without a name it is none. */
function filedIn(value: unknown): Pick<Brought, 'filed'> {
  const { id, name } = objectOf(value);
  const text = someText(name)?.trim().slice(0, CHAT_FOLDER_LIMIT);
  return text && idSchema.safeParse(id).success ? { filed: { id: id as string, name: text } } : {};
}

/** Parents before children; what follows nothing that is there begins anew. */
function sorted(messages: readonly Message[]): Message[] {
  const ids = new Set(messages.map(({ id }) => id));
  const below = new Map<string | null, Message[]>();
  for (const message of messages) {
    const parent = message.parent !== null && ids.has(message.parent) ? message.parent : null;
    const beside = below.get(parent);
    const own = parent === message.parent ? message : { ...message, parent };
    if (beside) beside.push(own);
    else below.set(parent, [own]);
  }
  const order = new Map<string, Message>();
  const walk = (first: readonly Message[]): void => {
    const waiting = [...first].reverse();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (order.has(next.id)) continue;
      order.set(next.id, next);
      waiting.push(...[...(below.get(next.id) ?? [])].reverse());
    }
  };
  walk(below.get(null) ?? []);
  // Each follows the other: no writer makes that, and still nothing is left out.
  for (const message of messages) if (!order.has(message.id)) walk([{ ...message, parent: null }]);
  return [...order.values()];
}
