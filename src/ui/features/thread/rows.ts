/** The rows of a thread: its path with names, positions and versions. Pure. */
import type { ConversationView, PathEntry } from '../../../client/types.ts';
import { type Generation, type ModelRef, type Role, siblingsOf, unanswered } from '../../../tree/index.ts';

export interface Row {
  readonly key: string;
  readonly entry: PathEntry;
  readonly role: Role;
  /** Position on the visible path from 1; system prompts are not counted and have none. */
  readonly position: number | undefined;
  /** "You, message 3", "Assistant, message 4". */
  readonly label: string;
  /** All versions of the message in creation order, itself included; empty where there is one. */
  readonly versions: readonly string[];
  /** How many messages follow on the path: what another version would leave behind. */
  readonly later: number;
  /** The reply to it that ended without a word, where the conversation went on all the same. */
  readonly noReply?: Generation;
}

/** Rows of a path. Those that say the same as in `before` are the same objects, and so is the array when all are. */
export function rowsOf(
  { path, tree }: Pick<ConversationView, 'path' | 'tree'>,
  before: readonly Row[],
): readonly Row[] {
  let position = 0;
  const without = unanswered(tree);
  const rows = path.map((entry, index) => {
    const role = roleOf(entry);
    if (role !== 'system') position += 1;
    const noReply = path[index + 1]?.kind === 'empty-end' ? undefined : without.get(entry.key);
    const row: Row = {
      key: entry.key,
      entry,
      role,
      position: role === 'system' ? undefined : position,
      label:
        role === 'system' ? 'System prompt' : `${role === 'user' ? 'You' : 'Assistant'}, message ${position}`,
      versions: versionsOf(tree, entry),
      later: path.length - 1 - index,
      ...(noReply && { noReply }),
    };
    const old = before[index];
    return old && same(old, row) ? old : row;
  });
  return rows.length === before.length && rows.every((row, i) => row === before[i]) ? before : rows;
}

function roleOf(entry: PathEntry): Role {
  if (entry.kind === 'message') return entry.header.role;
  return entry.kind === 'pending' ? 'user' : 'assistant';
}

const none: readonly string[] = [];

/** A reply that ended before its first word is no version, but beside others it needs a way back to them. */
function versionsOf(tree: ConversationView['tree'], entry: PathEntry): readonly string[] {
  const siblings = siblingsOf(tree, entry.key);
  if (entry.kind === 'empty-end' && siblings.length > 0) return [...siblings, entry.key];
  return siblings.length > 1 && siblings.includes(entry.key) ? siblings : none;
}

function same(a: Row, b: Row): boolean {
  return (
    a.entry === b.entry &&
    a.label === b.label &&
    a.later === b.later &&
    a.noReply === b.noReply &&
    a.versions.join() === b.versions.join()
  );
}

/** The version before (-1) or after (+1) a row's own; undefined where there is none. */
export function versionBeside({ key, versions }: Row, step: -1 | 1): string | undefined {
  const at = versions.indexOf(key);
  return at < 0 ? undefined : versions[at + step];
}

/** The user message a reply answers, which another reply is asked for; undefined for what is no reply. */
export function askedBy({ entry, role }: Row): string | undefined {
  if (role !== 'assistant' || entry.kind === 'pending') return undefined;
  return entry.kind === 'message' ? (entry.header.parent ?? undefined) : entry.generation.parent;
}

/** The model that wrote a reply, or tried to. */
export function modelOf({ entry }: Row): ModelRef | undefined {
  if (entry.kind === 'message')
    return entry.header.author.kind === 'model' ? entry.header.author.model : undefined;
  return entry.kind === 'pending' ? entry.pending.model : entry.generation.model;
}
