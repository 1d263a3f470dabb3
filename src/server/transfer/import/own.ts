/** Bough's own JSON: conversations with all their messages as they are stored, so that nothing is lost. Written by ../export/own.ts. */
import { CHAT_FOLDER_LIMIT, idSchema, type Message, readMessages } from '../../../protocol/index.ts';
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

export function readOwn(value: unknown): OwnConversation[] {
  const raw = objectOf(value);
  const header = objectOf(raw.conversation);
  if (typeof header.id !== 'string') return [];
  const title = objectOf(header.title);
  const by = title.by === 'person' || title.by === 'model' ? title.by : 'words';
  const text = someText(title.text);
  const created = timeOf(header.created) ?? 0;
  const messages = sorted(readMessages([...listOf(raw.messages)]));
  return [
    {
      brought: {
        conversation: header.id,
        ...(text && { title: { text, by } }),
        created,
        active: timeOf(header.active) ?? created,
        ...(header.archived === true && { archived: true }),
        ...(header.pinned === true && { pinned: true }),
        ...filedIn(header.filed),
        ...(isObject(header.model) && { model: header.model as unknown as NonNullable<Brought['model']> }),
        messages,
        marks: listOf(raw.marks) as BroughtMark[],
        ...(typeof raw.leaf === 'string' && { leaf: raw.leaf }),
      },
      files: new Map(
        Object.entries(objectOf(raw.files)).map(([hash, content]) => [
          hash,
          Buffer.from(String(content), 'base64'),
        ]),
      ),
    },
  ];
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
