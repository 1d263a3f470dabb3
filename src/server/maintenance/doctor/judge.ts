/** What is wrong with one conversation, from what is stored of it. Pure. */
import {
  CONVERSATIONS,
  type ConversationEntry,
  type ConversationPatch,
  outlineItemOf,
  outlineStream,
  parseStream,
  titleFromWords,
  VERSION,
} from '../../../protocol/index.ts';
import { amountText } from '../../../protocol/language.ts';
import { type MessageHeader, type OutlineChange, type Tree, treeSnapshot } from '../../../tree/index.ts';
import { type Counting, ENDED, type Finding, harmless, IN_PIECES, type Mend } from './findings.ts';
import { isReadable } from './readable.ts';
import { type Rebuilt, rebuild } from './rebuild.ts';
import type { StoredConversation } from './stored.ts';

/** @param entry what the list says of it, if it does */
export function judge(conversation: StoredConversation, entry: ConversationEntry | undefined): Finding[] {
  const about = conversationName(conversation, entry);
  const broken = brokenLogs(conversation, about);
  // What the outline lacks is told when its branches can be read again.
  if (broken.length > 0) return broken;
  const rebuilt = rebuild(conversation);
  const torn = tornLogs(conversation, about);
  if (!isReadable(conversation, rebuilt.tree)) return [...torn, unreadable(conversation, rebuilt, about)];
  return [
    ...torn,
    ...outlineFindings(conversation, rebuilt, about),
    ...emptyStreams(rebuilt, about),
    ...listFindings(conversation, rebuilt.tree, { entry, about }),
  ];
}

function conversationName({ id, tree }: StoredConversation, entry: ConversationEntry | undefined): string {
  const title = entry?.header.title.text || firstWords(tree);
  return title === '' ? `conversation ${id}` : `“${title}” (${id})`;
}

function firstWords({ messages }: Tree): string {
  const said = [...messages.values()].sort((a, b) => a.time - b.time);
  const first = said.find(({ role }) => role === 'user') ?? said.find(({ role }) => role === 'system');
  return titleFromWords(first?.preview ?? '');
}

function tornLogs({ ends }: StoredConversation, about: string): Finding[] {
  const torn = [...ends.values()].filter(({ kind }) => kind === 'torn').length;
  return torn > 0 ? [harmless(about, torn, tornWords)] : [];
}

const tornWords: Counting = (count) =>
  `${amountText(count, 'log')} ${count === 1 ? 'ends' : 'end'} in the middle of a write nobody was told of`;
const tipWords: Counting = (count) => `${amountText(count, 'message')} came just before Bough ended`;
const begunWords: Counting = (count) => `${count === 1 ? 'it was' : 'they were'} begun, and nothing was said`;
const openWords: Counting = (count) =>
  `${amountText(count, 'reply was', 'replies were')} being written when Bough ended: the text is kept`;

function brokenLogs(conversation: StoredConversation, about: string): Finding[] {
  const found: Finding[] = [];
  for (const [{ name }, end] of conversation.ends) {
    if (end.kind !== 'short' && end.kind !== 'damaged') continue;
    const headers = headersIn(conversation, name);
    const mend: Mend = { kind: 'refill', stream: name, headers };
    const words = lossOf(conversation, name);
    found.push({ kind: words === WHOLE ? 'problem' : 'loss', about, words, mend });
  }
  return found;
}

function headersIn({ tree }: StoredConversation, stream: string): MessageHeader[] {
  const name = parseStream(stream);
  if (name?.kind !== 'branch') return [];
  return [...tree.messages.values()].filter(({ branch }) => branch === name.branch);
}

function lossOf(conversation: StoredConversation, stream: string): string {
  const name = parseStream(stream);
  switch (name?.kind) {
    case 'branch':
      return branchLoss(conversation, name.branch, headersIn(conversation, stream));
    case 'reply':
      return 'a part of a reply that was being written can no longer be read';
    case 'input':
      return 'what was said to a reply that was being written can no longer be read whole';
    case 'offers':
      return 'what its agents offered, and what was chosen of it, can no longer be read whole';
    case 'outline':
      return 'a part of its outline can no longer be read; stars, labels and what was hidden may be gone';
    default:
      return 'what it says of where you were reading can no longer be read whole';
  }
}

function branchLoss(
  { branches, held }: StoredConversation,
  branch: string,
  headers: readonly MessageHeader[],
): string {
  const stored = new Set(branches.get(branch)?.messages.map(({ header }) => header?.id));
  const missing = headers.filter(({ id }) => !stored.has(id));
  const lost = missing.filter(({ id }) => !held.has(id));
  return missing.length > 0 && lost.length === 0 ? WHOLE : messagesLost(lost);
}

const WHOLE = 'a part of a branch can no longer be read; all its messages can be read elsewhere';

function messagesLost(lost: readonly MessageHeader[]): string {
  if (lost.length === 0) return 'a part of a branch can no longer be read';
  const shown = lost.slice(0, SHOWN).map(({ preview }) => `“${preview}”`);
  const more = lost.length > shown.length ? ` and ${lost.length - shown.length} more` : '';
  return `${amountText(lost.length, 'message')} can no longer be read, but for how ${lost.length === 1 ? 'it begins' : 'they begin'}: ${shown.join(', ')}${more}`;
}

const SHOWN = 5;

function outlineFindings(conversation: StoredConversation, rebuilt: Rebuilt, about: string): Finding[] {
  const { missing, wrong, lost, branches, replies } = rebuilt;
  const tips = missing.filter((header) => isTip(conversation, header));
  const late = missing.length - tips.length;
  const mend = outlineMend(conversation, rebuilt);
  const problem = (count: number, words: string): Finding[] =>
    count > 0 ? [{ kind: 'problem', about, words, mend }] : [];
  const { isPartial, isServed, isEnded } = conversation.outline;
  return [
    ...problem(Number(isPartial || !isServed), `its outline: ${IN_PIECES}`),
    ...(lost.length > 0
      ? [{ kind: 'loss' as const, about, words: `${messagesLost(lost)}: they are in no branch`, mend }]
      : []),
    ...problem(
      late,
      `${amountText(late, 'message')} of its branches ${late === 1 ? 'is' : 'are'} missing from its outline`,
    ),
    ...problem(wrong.length, `its outline has ${amountText(wrong.length, 'message')} at a wrong place`),
    ...problem(branches.length, `its outline lacks ${amountText(branches.length, 'branch', 'branches')}`),
    ...problem(
      replies.length,
      `its outline lacks how ${amountText(replies.length, 'reply', 'replies')} ended`,
    ),
    ...(tips.length > 0 ? [harmless(about, tips.length, tipWords)] : []),
    ...(isEnded ? [{ kind: 'harmless' as const, about, words: `its outline: ${ENDED}`, mend }] : []),
  ];
}

/** What its branches inherit is gone, or not where they leave it: none of them can be mended by itself. */
function unreadable({ id, tree: old, held }: StoredConversation, rebuilt: Rebuilt, about: string): Finding {
  const { tree } = rebuilt;
  const lost = rebuilt.lost.filter((header) => !held.has(header.id));
  const messages = new Map([...old.messages, ...tree.messages]);
  const unknown = new Set<string>();
  for (const { parent } of messages.values())
    if (parent !== null && !messages.has(parent) && !held.has(parent)) unknown.add(parent);
  const words = [
    ...(lost.length > 0 ? [messagesLost(lost)] : []),
    ...(unknown.size > 0 ? [`nothing is known any more of ${amountText(unknown.size, 'message')}`] : []),
    'what its branches go on from is not where they leave it: it is written anew from what can be read',
  ].join('; ');
  const kind = lost.length > 0 || unknown.size > 0 ? 'loss' : 'problem';
  const mend = { kind: 'anew' as const, conversation: id, tree: { ...tree, messages } };
  return { kind, about, words, mend };
}

/** At most the last message of a branch may be unindexed: repair finds it. */
function isTip({ tree, branches }: StoredConversation, { id, branch }: MessageHeader): boolean {
  const stored = branches.get(branch);
  const own = stored?.own ?? [];
  const at = own.findIndex(({ header }) => header?.id === id);
  const before = own[at - 1]?.header;
  return tree.branches.has(branch) && at === own.length - 1 && (!before || tree.messages.has(before.id));
}

/** What stands in an outline stands: what is wrong there goes only with a new segment. */
function outlineMend({ id, tree, outline }: StoredConversation, rebuilt: Rebuilt): Mend {
  const index = outlineStream(id);
  const { wrong, lost, branches } = rebuilt;
  const all = treeSnapshot(rebuilt.tree);
  const isWrong =
    wrong.length > 0 || lost.length > 0 || branches.some((branch) => tree.branches.has(branch.id));
  if (outline.isPartial || !outline.isServed || outline.isEnded)
    return { kind: 'index', index, items: all.map(outlineItemOf) };
  if (isWrong) return { kind: 'roll', index, items: all.map(outlineItemOf) };
  return { kind: 'say', index, items: all.filter((change) => isNew(tree, change)).map(outlineItemOf) };
}

function isNew(tree: Tree, change: OutlineChange): boolean {
  switch (change.kind) {
    case 'branch':
      return !tree.branches.has(change.branch.id);
    case 'message':
      return !tree.messages.has(change.message.id);
    case 'generation': {
      const old = tree.generations.get(change.generation.id);
      return !old || (!old.end && change.generation.end !== undefined);
    }
    case 'generation-end':
      return !tree.ends.has(change.id);
    case 'mark':
      return !tree.marks.has(change.mark.id);
    case 'other':
      return false;
  }
}

function emptyStreams({ empty }: Rebuilt, about: string): Finding[] {
  return empty.map((stream) => ({
    kind: 'problem',
    about,
    words: `the stream ${stream} holds nothing, and nothing speaks of it`,
    mend: { kind: 'delete', stream },
  }));
}

interface ListedEntry {
  readonly entry: ConversationEntry | undefined;
  readonly about: string;
}

function listFindings(
  { id, outline }: StoredConversation,
  tree: Tree,
  { entry, about }: ListedEntry,
): Finding[] {
  const found: Finding[] = [];
  const open = [...tree.generations.values()].filter(({ end }) => !end).map((reply) => reply.id);
  if (entry?.header.created === undefined) {
    const mend: Mend = { kind: 'say', index: CONVERSATIONS, items: [patchOf(id, tree)] };
    found.push({ kind: 'problem', about, words: 'it is missing from the list of conversations', mend });
  } else if (outline.segments.length === 0 && tree.messages.size === 0) {
    found.push(harmless(about, 1, begunWords));
  }
  const unfinished = new Set([...open, ...(entry?.header.open ?? [])]).size;
  if (unfinished > 0) found.push(harmless(about, unfinished, openWords));
  return found;
}

/** The header that its messages tell of. */
function patchOf(id: string, tree: Tree): ConversationPatch {
  const times = [...tree.messages.values()].flatMap(({ time, finish }) => [time, finish?.at ?? time]);
  const began = [...tree.branches.values()].map(({ at }) => at);
  const created = Math.min(...times, ...began, Number.MAX_SAFE_INTEGER);
  const at = created === Number.MAX_SAFE_INTEGER ? 0 : created;
  const replies = [...tree.generations.values()];
  const generations = replies.map((reply) => [reply.id, reply.end ? 'ended' : 'open'] as const);
  const title = firstWords(tree);
  return {
    ...{ v: VERSION, kind: 'conversation', id, at, created: at, active: Math.max(at, ...times) },
    ...(title !== '' && { title: { text: title, by: 'words' } }),
    ...(generations.length > 0 && { generations: Object.fromEntries(generations) }),
  };
}
