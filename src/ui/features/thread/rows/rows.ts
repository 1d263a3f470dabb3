/** The rows of a thread: its path with names, positions and versions. Pure. */

import type { ConversationView, PathEntry } from '../../../../client/types.ts';
import { nameOfAuthor } from '../../../../protocol/index.ts';
import {
  type Generation,
  hasPosition,
  hiddenBeside,
  isSummary,
  type MessageHeader,
  type ModelRef,
  type Role,
  shownRole,
  type Tree,
  unanswered,
  versionOrBranch,
  versionsOf,
} from '../../../../tree/index.ts';
import * as strings from '../strings.ts';

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
  /** How many more there are that were pruned. */
  readonly hidden: number;
  /** What they are called: another wording is a version, another direction a branch. */
  readonly word: 'version' | 'branch';
  /** How many messages follow on the path: what another version would leave behind. */
  readonly later: number;
  /** A reply in a person's words: the name of the model whose words they were, empty if nobody knows. */
  readonly editedFrom?: string;
  /** The server summarised earlier messages by itself, so that it could be asked for. */
  readonly madeRoom?: true;
  /** It stands for earlier messages: shown as such, not as a reply. */
  readonly summary?: MessageHeader;
  /** The reply to it that ended without a word, where the conversation went on all the same. */
  readonly noReply?: Generation;
}

/** Rows of a path. Those that say the same as in `before` are the same objects, and so is the array when all are. */
export function rowsOf(
  { path, tree, above = 0 }: Pick<ConversationView, 'path' | 'tree' | 'above'>,
  before: readonly Row[],
): readonly Row[] {
  let position = above;
  const whole = above + path.filter(isCounted).length;
  const without = unanswered(tree);
  const rows = path.map((entry, index) => {
    const role = roleOf(entry);
    const counted = isCounted(entry);
    if (counted) position += 1;
    const noReply = path[index + 1]?.kind === 'empty-end' ? undefined : without.get(entry.key);
    const row: Row = {
      key: entry.key,
      entry,
      role,
      position: counted ? position : undefined,
      label: counted ? labelOf(entry, role, position) : labelOfPassed(role),
      versions: besideOf(tree, entry),
      hidden: hiddenBeside(tree, entry.key),
      word: versionOrBranch(tree, entry.key),
      later: whole - position,
      ...editedFrom(tree, entry),
      ...summaryOf(entry),
      ...madeRoom(tree, entry),
      ...(noReply && { noReply }),
    };
    const old = before[index];
    return old && same(old, row) ? old : row;
  });
  return rows.length === before.length && rows.every((row, i) => row === before[i]) ? before : rows;
}

const labelOfPassed = (role: Role): string => (role === 'system' ? strings.systemPrompt : strings.summary);

/** The question it answers was said after a summary that was made for it. */
function madeRoom({ messages }: Tree, entry: PathEntry): Pick<Row, 'madeRoom'> {
  if (roleOf(entry) !== 'assistant' || entry.kind === 'pending') return {};
  const said = entry.kind === 'message' ? entry.header : entry.generation;
  const question = messages.get(said.parent ?? '');
  return messages.get(question?.parent ?? '')?.summary?.unasked ? { madeRoom: true } : {};
}

/** What cannot be read of a later version is shown as what it is, a message. */
function summaryOf(entry: PathEntry): Pick<Row, 'summary'> {
  const header = entry.kind === 'message' ? entry.header : undefined;
  return header && isSummary(header) && header.summary ? { summary: header } : {};
}

/** Whoever speaks from outside is called by name. */
function labelOf(entry: PathEntry, role: Role, position: number): string {
  const author = entry.kind === 'message' ? entry.header.author : undefined;
  if (author?.kind === 'external') return strings.messageOf(nameOfAuthor(author), position);
  return (role === 'user' ? strings.yourMessage : strings.assistantMessage)(position);
}

function roleOf(entry: PathEntry): Role {
  if (entry.kind === 'message') return shownRole(entry.header.role);
  return entry.kind === 'pending' ? (entry.pending.role ?? 'user') : 'assistant';
}

/** It has a position: what is on its way, by its role. */
function isCounted(entry: PathEntry): boolean {
  if (entry.kind === 'message') return hasPosition(entry.header);
  return entry.kind !== 'pending' || hasPosition({ role: roleOf(entry), origin: { kind: 'send' } });
}

const none: readonly string[] = [];

/** A reply that ended before its first word is no version, but beside others it needs a way back to them. */
function besideOf(tree: Tree, entry: PathEntry): readonly string[] {
  const siblings = versionsOf(tree, entry.key);
  if (entry.kind === 'empty-end' && siblings.length > 0) return [...siblings, entry.key];
  return siblings.length > 1 && siblings.includes(entry.key) ? siblings : none;
}

/** Follows a person's rewording of a reply back to the model's own words. */
export function editedFrom(tree: Tree, entry: PathEntry): Pick<Row, 'editedFrom'> {
  if (entry.kind === 'pending' ? !entry.pending.of || roleOf(entry) !== 'assistant' : !isReworded(entry))
    return {};
  const seen = new Set<string>();
  let of = entry.kind === 'pending' ? entry.pending.of : entry.kind === 'message' && entry.header.origin.of;
  while (of && !seen.has(of)) {
    seen.add(of);
    const header = tree.messages.get(of);
    if (header && header.author.kind !== 'user') return { editedFrom: nameOfAuthor(header.author) };
    of = header?.origin.of;
  }
  return { editedFrom: '' };
}

function isReworded(entry: PathEntry): boolean {
  return (
    entry.kind === 'message' &&
    hasPosition(entry.header) &&
    entry.header.role === 'assistant' &&
    entry.header.author.kind === 'user'
  );
}

function same(a: Row, b: Row): boolean {
  return (
    a.entry === b.entry &&
    a.label === b.label &&
    a.later === b.later &&
    a.word === b.word &&
    a.hidden === b.hidden &&
    a.editedFrom === b.editedFrom &&
    a.noReply === b.noReply &&
    a.versions.join() === b.versions.join()
  );
}

/** The version before (-1) or after (+1) a row's own; undefined where there is none. */
export function versionBeside({ key, versions }: Row, step: -1 | 1): string | undefined {
  const at = versions.indexOf(key);
  return at < 0 ? undefined : versions[at + step];
}

/** The nearest row above (-1) or below (+1) that has more than one version: the fork there. */
export function forkBeside(rows: readonly Row[], key: string, step: -1 | 1): Row | undefined {
  const at = rows.findIndex((row) => row.key === key);
  if (at < 0) return undefined;
  const isFork = ({ versions }: Row) => versions.length > 1;
  return step === 1 ? rows.slice(at + 1).find(isFork) : rows.slice(0, at).findLast(isFork);
}

/** The model that wrote a reply, or tried to. */
export function modelOf({ entry }: Row): ModelRef | undefined {
  if (entry.kind === 'message')
    return entry.header.author.kind === 'model' ? entry.header.author.model : undefined;
  return entry.kind === 'pending' ? entry.pending.model : entry.generation.model;
}
