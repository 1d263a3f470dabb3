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
import { type MessageHeader, type OutlineChange, type Tree, treeSnapshot } from '../../../tree/index.ts';
import { counted } from '../words.ts';
import { type Counting, type Finding, harmless, type Mend } from './findings.ts';
import { type Rebuilt, rebuild } from './rebuild.ts';
import { ownOf, type StoredConversation } from './stored.ts';

/** @param entry what the list says of it, if it does */
export function judge(conversation: StoredConversation, entry: ConversationEntry | undefined): Finding[] {
  const about = conversationName(conversation, entry);
  const broken = brokenLogs(conversation, about);
  // What the outline lacks is told when its branches can be read again.
  if (broken.length > 0) return broken;
  const rebuilt = rebuild(conversation);
  return [
    ...tornLogs(conversation, about),
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
  const said = [...messages.values()].filter(({ role }) => role === 'user').sort((a, b) => a.time - b.time);
  return titleFromWords(said[0]?.preview ?? '');
}

function tornLogs({ ends }: StoredConversation, about: string): Finding[] {
  const torn = [...ends.values()].filter(({ kind }) => kind === 'torn').length;
  return torn > 0 ? [harmless(about, torn, tornWords)] : [];
}

const tornWords: Counting = (count) =>
  `${counted(count, 'log')} ${count === 1 ? 'ends' : 'end'} in the middle of a write nobody was told of`;
const tipWords: Counting = (count) => `${counted(count, 'message')} came just before Bough ended`;
const begunWords: Counting = (count) => `${count === 1 ? 'it was' : 'they were'} begun, and nothing was said`;
const openWords: Counting = (count) =>
  `${counted(count, 'reply was', 'replies were')} being written when Bough ended: the text is kept`;

function brokenLogs(conversation: StoredConversation, about: string): Finding[] {
  const found: Finding[] = [];
  for (const [{ name }, end] of conversation.ends) {
    if (end.kind !== 'short' && end.kind !== 'damaged') continue;
    const headers = headersIn(conversation, name);
    const words = lossOf(conversation, name);
    found.push({ kind: 'loss', about, words, mend: { kind: 'refill', stream: name, headers } });
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
      return messagesLost(
        headersIn(conversation, stream).filter((header) => !isStored(conversation, header)),
      );
    case 'reply':
      return 'a part of a reply that was being written can no longer be read';
    case 'input':
      return 'what was said to a reply that was being written can no longer be read whole';
    case 'outline':
      return 'a part of its outline can no longer be read; stars, labels and what was pruned may be gone';
    default:
      return 'what it says of where you were reading can no longer be read whole';
  }
}

function isStored({ branches }: StoredConversation, { id, branch }: MessageHeader): boolean {
  return branches.get(branch)?.messages.some(({ header }) => header?.id === id) ?? false;
}

function messagesLost(lost: readonly MessageHeader[]): string {
  if (lost.length === 0) return 'a part of a branch can no longer be read';
  const shown = lost.slice(0, SHOWN).map(({ preview }) => `“${preview}”`);
  const more = lost.length > shown.length ? ` and ${lost.length - shown.length} more` : '';
  return `${counted(lost.length, 'message')} can no longer be read, but for how ${lost.length === 1 ? 'it begins' : 'they begin'}: ${shown.join(', ')}${more}`;
}

const SHOWN = 5;

function outlineFindings(conversation: StoredConversation, rebuilt: Rebuilt, about: string): Finding[] {
  const { missing, wrong, lost, branches, replies } = rebuilt;
  const tips = missing.filter((header) => isTip(conversation, header));
  const late = missing.length - tips.length;
  const mend = outlineMend(conversation, rebuilt);
  const problem = (count: number, words: string): Finding[] =>
    count > 0 ? [{ kind: 'problem', about, words, mend }] : [];
  return [
    ...(lost.length > 0
      ? [{ kind: 'loss' as const, about, words: `${messagesLost(lost)}: they are in no branch`, mend }]
      : []),
    ...problem(
      late,
      `${counted(late, 'message')} of its branches ${late === 1 ? 'is' : 'are'} missing from its outline`,
    ),
    ...problem(wrong.length, `its outline has ${counted(wrong.length, 'message')} at a wrong place`),
    ...problem(branches.length, `its outline lacks ${counted(branches.length, 'branch', 'branches')}`),
    ...problem(replies.length, `its outline lacks how ${counted(replies.length, 'reply', 'replies')} ended`),
    ...(tips.length > 0 ? [harmless(about, tips.length, tipWords)] : []),
  ];
}

/** At most the last message of a branch may be unindexed: repair finds it. */
function isTip({ tree, branches }: StoredConversation, { id, branch }: MessageHeader): boolean {
  const stored = branches.get(branch);
  const own = stored ? ownOf(stored) : [];
  const at = own.findIndex(({ header }) => header?.id === id);
  const before = own[at - 1]?.header;
  return tree.branches.has(branch) && at === own.length - 1 && (!before || tree.messages.has(before.id));
}

/** What stands in an outline stands: what is wrong there goes only with a new segment. */
function outlineMend({ id, tree }: StoredConversation, rebuilt: Rebuilt): Mend {
  const index = outlineStream(id);
  const { wrong, lost, branches } = rebuilt;
  const all = treeSnapshot(rebuilt.tree);
  const isWrong =
    wrong.length > 0 || lost.length > 0 || branches.some((branch) => tree.branches.has(branch.id));
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
