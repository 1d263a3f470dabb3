/**
 * Reading streams that any version wrote (docs/protocol.md, "Versions"). What is not known is kept: items are handed on as they are
 * stored, with all their fields, and what cannot be read at all stands as something that says so. Nothing here throws.
 */
import * as z from 'zod/mini';
import {
  type Author,
  type MessageHeader,
  type OfLaterVersion,
  type OutlineChange,
  shownRole,
} from '../../tree/index.ts';
import { authorSchema } from '../author.ts';
import { is, isBookkeeping, offset, VERSION } from '../fields.ts';
import { idSchema } from '../ids.ts';
import { fits, isUnreadable, type Part, unreadableMessage, unreadablePart } from '../parts/index.ts';
import { quickCheck } from '../quick-check.ts';
import { previewOf } from '../text.ts';
import {
  type Message,
  markFields,
  messageSchema,
  outlineItemSchema,
  type ReplyItem,
  replyItemSchema,
  type WrittenReplyItem,
} from './items.ts';
import { foldPart, type PartItem } from './part-log.ts';

/** An item of a branch. Null for what does not even say which message it is, and after which: `id` and `parent`. */
export function readMessage(item: unknown): Message | null {
  if (!is(messageSchema, item)) return salvagedMessage(item);
  return hasReadableParts(item) ? item : withParts({ ...item, parts: item.parts.map(readPart) });
}

/** A message that was copied or written anew by a version that could not read it, as it was said: in its new place. */
function withParts(message: Message): Message {
  const [only, ...more] = message.parts;
  if (only?.kind !== 'kept' || more.length > 0 || !is(messageSchema, only.message)) return message;
  const { id, parent } = message;
  const origin = message.origin.kind === UNREADABLE ? only.message.origin : message.origin;
  return { ...only.message, id, parent, origin, parts: only.message.parts.map(readPart) };
}

/** The messages of a branch, in order. */
export function readMessages(items: readonly unknown[]): Message[] {
  return items.map(readMessage).filter((message) => message !== null);
}

type Stored = z.infer<typeof messageSchema>;

function hasReadableParts(message: Stored): message is Stored & { parts: Part[] } {
  return message.parts.every(isPart);
}

/** As its kind is here, or of a kind of a later version. What was kept is looked at again. */
function isPart(value: unknown): value is Part {
  const fitting = fits(value);
  if (fitting === null) return typeof (value as { kind?: unknown } | null)?.kind === 'string';
  return fitting && (value as { kind: string }).kind !== 'kept';
}

/** A part of a stored message. */
function readPart(value: unknown): Part {
  if (isPart(value)) return value;
  const kept = isUnreadable(value) ? value : unreadablePart(value);
  const begun = isPart(kept.part) ? kept.part : undefined;
  const items = (kept.items ?? []).map(readReplyItem).filter((item) => item !== null && isPartItem(item));
  if (kept.part !== undefined && !begun) return kept;
  const whole = items.reduce<Part | undefined>((part, item) => foldPart(part, item), begun);
  return whole ?? kept;
}

const pathSchema = z.object({ id: idSchema, parent: z.nullable(idSchema) });

/** A message that cannot be read still has its place: what comes after it can be reached, and it says that it is there. */
function salvagedMessage(item: unknown): Message | null {
  if (!is(pathSchema, item) || !isKind(item, 'message')) return null;
  const said = salvaged(item);
  return {
    v: VERSION,
    kind: 'message',
    id: item.id,
    parent: item.parent,
    ...said,
    parts: [unreadableMessage(item)],
  };
}

const isKind = (item: object, kind: string): boolean => 'kind' in item && item.kind === kind;

/** What can be read of it, and in the place of the rest what says nothing. */
function salvaged(item: object): Pick<Message, 'role' | 'author' | 'origin' | 'time'> {
  const { role, author, time } = item as { [K in 'role' | 'author' | 'time']?: unknown };
  return {
    role: shownRole(role),
    author: is(authorSchema, author) ? author : NOBODY,
    origin: { kind: UNREADABLE },
    time: Number.isSafeInteger(time) ? Number(time) : 0,
  };
}

const UNREADABLE: OfLaterVersion = '(of a later version)';
const NOBODY: Author = { kind: UNREADABLE };

const isOutlineItem = quickCheck(outlineItemSchema);

/** Items of an outline as changes of the tree. What is not known of them is among these, whole. */
export function readOutline(items: readonly unknown[]): OutlineChange[] {
  const changes: OutlineChange[] = [];
  for (const item of items) {
    if (isBookkeeping(item)) continue;
    const isRead = isOutlineItem(item);
    if (isRead) changes.push(item);
    else changes.push(...salvagedHeader(item));
    if (!isRead || saysMore(item)) changes.push({ kind: 'other', item });
  }
  return changes;
}

type OutlineItem = z.infer<typeof outlineItemSchema>;

/** Fields of each kind of item beside `v` and `kind`; what stands inside them is kept with them, but of marks, which are patches. */
const FIELDS: { readonly [K in OutlineItem['kind']]: number } = {
  branch: 1,
  message: 1,
  generation: 1,
  'generation-end': 2,
  mark: 1,
};

function saysMore(item: OutlineItem): boolean {
  if (Object.keys(item).length > FIELDS[item.kind] + 2) return true;
  return item.kind === 'mark' && Object.keys(item.mark).some((field) => !MARK.has(field));
}

const MARK: ReadonlySet<string> = new Set(['id', 'at', ...Object.keys(markFields)]);

const placeSchema = z.object({
  message: z.extend(pathSchema, { branch: idSchema, start: offset, end: offset }),
});

function salvagedHeader(item: unknown): OutlineChange[] {
  if (!is(placeSchema, item) || !isKind(item, 'message')) return [];
  const { id, parent, branch, start, end } = item.message;
  const preview = previewOf([unreadableMessage(item)]);
  const message: MessageHeader = { id, parent, branch, start, end, preview, ...salvaged(item.message) };
  return [{ kind: 'message', message }];
}

const numberedSchema = z.object({ seq: z.int().check(z.nonnegative()), part: z.optional(z.unknown()) });

/** An item of a reply's log. Null for what has no number. */
function readReplyItem(item: unknown): ReplyItem | null {
  if (is(replyItemSchema, item))
    return item.kind === 'part' ? { ...item, whole: readPart(item.whole) } : item;
  if (!is(numberedSchema, item)) return null;
  const { seq, part } = item;
  const place = typeof part === 'number' && Number.isSafeInteger(part) && part >= 0 ? { part } : {};
  return { kind: 'other', seq, ...place, item };
}

/** The items of a reply's log, in order. */
export function readReply(items: readonly unknown[]): ReplyItem[] {
  return items.map(readReplyItem).filter((item) => item !== null);
}

function isPartItem(item: ReplyItem | WrittenReplyItem): item is PartItem {
  return 'part' in item;
}
