/** What must hold after a round: each rule a small function that says, in a line, what breaks it. */
import {
  chainTo,
  contextOf,
  type Message,
  partPlain,
  type QuestionPart,
  saysSomething,
  textOf,
} from '../../../protocol/index.ts';
import {
  type Branch,
  coveredBy,
  emptyTree,
  foldOutline,
  type Generation,
  inAsides,
  type MessageHeader,
  markOf,
  type OutlineChange,
  pathTo,
  readChain,
  type Tree,
} from '../../../tree/index.ts';
import { START } from '../../engine/index.ts';
import { headerOf } from '../kit/messages.ts';
import { type Acknowledged, type Edited, repliesIn, type Summed, type Written } from './person.ts';
import type { Random } from './random.ts';
import {
  newestFolds,
  outlineItems,
  type Stored,
  stored,
  storedAt,
  type Truth,
  trueList,
  trueLog,
  trueTree,
} from './truth.ts';

/** A round that is over. */
export interface Over extends Truth {
  readonly random: Random;
  /** Something may have got into a branch that does not follow the item before it. */
  readonly strays: boolean;
  /** The engine cut its pages itself. Default: false. */
  readonly coarse?: boolean;
}

interface Facts {
  readonly world: Over;
  readonly conversation: string;
  readonly tree: Tree;
  /** All items of each branch, from the start of its stream, inherited ones included. */
  readonly streams: ReadonlyMap<string, readonly Stored[]>;
  /** Of each branch, what it does not inherit, up to the first item that does not follow the one before it. */
  readonly own: ReadonlyMap<string, readonly Stored[]>;
}

export async function violationsOf(
  world: Over,
  conversation: string,
  acknowledged: Acknowledged,
): Promise<string[]> {
  const { facts, wrong } = await gather(world, conversation);
  for (const header of facts.tree.messages.values()) wrong.push(...(await headerFaults(facts, header)));
  for (const generation of facts.tree.generations.values())
    wrong.push(...(await replyFaults(facts, generation)));
  wrong.push(...indexFaults(facts), ...acknowledgedFaults(facts, acknowledged));
  wrong.push(...(await listFaults(facts, acknowledged)), ...(await foldFaults(facts)));
  wrong.push(...(await segmentFaults(facts)));
  return wrong;
}

async function gather(world: Over, conversation: string): Promise<{ facts: Facts; wrong: string[] }> {
  const tree = await trueTree(world, conversation);
  const streams = new Map<string, readonly Stored[]>();
  const own = new Map<string, readonly Stored[]>();
  const wrong: string[] = [];
  for (const branch of tree.branches.values()) {
    const items = await stored(world, conversation, branch.id, START);
    streams.set(branch.id, items);
    own.set(branch.id, ownItems(world, tree, branch, items, wrong));
    wrong.push(...branchFaults(tree, conversation, branch));
  }
  return { facts: { world, conversation, tree, streams, own }, wrong };
}

/** A stray seals its branch. Only an engine that forgot its sequence numbers lets one in. */
function ownItems(world: Over, tree: Tree, branch: Branch, items: readonly Stored[], wrong: string[]) {
  const chain = new Set(branch.from ? pathTo(tree, branch.from.message) : []);
  const inherited = items.findIndex(({ message }) => message.id === branch.from?.message) + 1;
  if (branch.from && items.length > 0 && inherited === 0)
    wrong.push(`branch ${branch.id}: lost its fork point`);
  if (inherited !== chain.size && items.length > 0 && !world.strays)
    wrong.push(`branch ${branch.id}: inherits other items`);
  const own: Stored[] = [];
  for (const item of items.slice(inherited)) {
    if (own.length === 0 && isCopiedAgain(world, branch, chain, item)) continue;
    const before = own.at(-1)?.message.id ?? branch.from?.message ?? null;
    if (isBehind(world, tree, branch, { before, item })) continue;
    const { id, parent } = item.message;
    if (parent !== before) {
      if (!world.strays) wrong.push(`branch ${branch.id}: ${id} does not follow the one before it`);
      break;
    }
    own.push(item);
  }
  return own;
}

/**
 * A copied chain may be there twice, at an exact engine too: two servers copied it at once, past an engine that forgot its sequence
 * numbers. The branch's own messages begin behind the last copy (`copyChain`).
 */
function isCopiedAgain(
  { strays }: Over,
  { kind }: Branch,
  chain: ReadonlySet<string>,
  { message }: Stored,
): boolean {
  return strays && kind === 'copy' && chain.has(message.id);
}

/**
 * The item repeats the message before it, or stands behind that and still within its offsets. Behind coarse pages that is where a repetition stands that got
 * past an engine without sequence numbers, and a stray that came before the message was indexed: the branch goes on behind it (decision
 * 0014).
 */
function isBehind(
  { coarse, strays }: Over,
  tree: Tree,
  { id, kind }: Branch,
  { before, item }: { readonly before: string | null; readonly item: Stored },
): boolean {
  if (!coarse || !strays) return false;
  // The next one was written behind it all the same, and begins where the first of the two ends.
  if (item.message.id === before) return true;
  const header = before === null ? undefined : tree.messages.get(before);
  const here = header?.branch === id || kind === 'fork';
  return here && header !== undefined && item.end <= header.end;
}

/** A fork leaves its source at a recorded end, from the stream that owns the message. */
function branchFaults(tree: Tree, conversation: string, { id, from, kind }: Branch): string[] {
  if (!from) return kind === 'root' ? [] : [`branch ${id}: ${kind} from nowhere`];
  const source = tree.messages.get(from.message);
  const right =
    source && from.offset === source.end && from.stream === `c/${conversation}/b/${source.branch}`;
  return right ? [] : [`branch ${id}: leaves ${from.message} at a wrong place`];
}

/**
 * The item a header speaks of. Behind coarse pages others may lie between its offsets: copies before it, strays behind it
 * (decision 0014).
 */
async function storedOf({ world, conversation }: Facts, header: MessageHeader): Promise<Stored | undefined> {
  const { branch, start, id, end } = header;
  if (!world.coarse) {
    const found = await storedAt(world, conversation, branch, start);
    return found?.message.id === id && found.end === end ? found : undefined;
  }
  const all = await stored(world, conversation, branch, start);
  const last = all.findIndex((item) => item.end === end);
  const own = all.findIndex(({ message }) => message.id === id);
  return own === last || world.strays ? all.slice(0, last + 1)[own] : undefined;
}

/** The header says where the message is and what it is, and its chain of parents is all in its branch. */
async function headerFaults(facts: Facts, header: MessageHeader): Promise<string[]> {
  const { tree, streams } = facts;
  const { id, branch } = header;
  const first = await storedOf(facts, header);
  if (!first) return [`message ${id}: not between its offsets`];
  const wrong: string[] = [];
  if (!same(headerOf(first.message, header), header))
    wrong.push(`message ${id}: its header says something else`);
  const path = pathTo(tree, id);
  if (tree.messages.get(path[0] ?? '')?.parent !== null)
    wrong.push(`message ${id}: its chain is not in the outline`);
  try {
    const items = (streams.get(branch) ?? []).map((item) => item.message);
    const chain = chainTo(items, id);
    if (
      !same(
        chain.map((message) => message.id),
        path,
      )
    )
      wrong.push(`message ${id}: another chain in its branch`);
    if (
      !same(
        contextOf(items, id).map((message) => message.id),
        readIn(tree, path),
      )
    )
      wrong.push(`message ${id}: a model reads something else than the tree says`);
  } catch {
    wrong.push(`message ${id}: its chain has a hole`);
  }
  return wrong;
}

/** What a model reads of a path, by the headers alone: what a page shows as the context. */
function readIn({ messages }: Tree, path: readonly string[]): readonly string[] {
  const { prompt, summary, kept, after } = readChain(path.flatMap((id) => messages.get(id) ?? []));
  return [prompt, summary, ...kept, ...after].flatMap((header) => header?.id ?? []);
}

/**
 * Behind coarse pages nobody can tell where a message ends that was not indexed before a stray got behind it: it is left,
 * and its command goes to a branch of its own (decision 0014).
 */
function isSealedOff({ world, tree, streams, own }: Facts, branch: string, { id }: Message): boolean {
  const last = own.get(branch)?.at(-1)?.message.id === id && streams.get(branch)?.at(-1)?.message.id !== id;
  return world.coarse === true && world.strays && last && tree.messages.get(id)?.branch !== branch;
}

/** Every message that stands in a branch is indexed there, and stands nowhere else. */
function indexFaults(facts: Facts): string[] {
  const { world, tree, own } = facts;
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const [branch, items] of own) {
    for (const { message, start } of items) {
      if (isSealedOff(facts, branch, message)) continue;
      if (seen.has(message.id)) wrong.push(`message ${message.id}: stands in two places`);
      seen.add(message.id);
      const header = tree.messages.get(message.id);
      if (header?.branch !== branch || (header.start !== start && !world.coarse))
        wrong.push(`message ${message.id}: not indexed at ${branch}`);
    }
  }
  for (const id of tree.messages.keys())
    if (!seen.has(id)) wrong.push(`message ${id}: indexed, but in no branch`);
  return wrong;
}

/** Every reply has ended, and its message is what its log says: as the pure function of the log it is. */
async function replyFaults(facts: Facts, generation: Generation): Promise<string[]> {
  const { id, parent, end } = generation;
  const { tree } = facts;
  const header = tree.messages.get(id);
  if (!end) return [`reply ${id}: never ended`];
  const wrong = await logFaults(facts, generation);
  if (!header) return wrong;
  if (header.parent !== parent) wrong.push(`reply ${id}: under another parent`);
  if (!same(header.finish, end)) wrong.push(`reply ${id}: its message ended otherwise`);
  const message = messageIn(facts, header);
  const begun = begunOf(facts, header);
  const text = message && textOf(message.parts);
  if (text !== undefined && !isInOrder(text.slice(begun?.length ?? 0)))
    wrong.push(`reply ${id}: words lost, twice or of two writers`);
  if (begun !== undefined && text?.startsWith(begun) !== true)
    wrong.push(`reply ${id}: does not begin with the words it goes on from`);
  return wrong;
}

/** What a reply goes on from. */
function begunOf(facts: Facts, { origin: { of, begun } }: MessageHeader): string | undefined {
  const other = of === undefined ? undefined : facts.tree.messages.get(of);
  if (begun === undefined) return undefined;
  const message = other && messageIn(facts, other);
  return message && textOf(message.parts).slice(0, begun);
}

async function logFaults(facts: Facts, { id, end }: Generation): Promise<string[]> {
  const { world, conversation, tree } = facts;
  const log = await trueLog(world, conversation, id);
  if (!log) return [];
  const wrong: string[] = [];
  const header = tree.messages.get(id);
  if (!same(log.end, end)) wrong.push(`reply ${id}: its end is not the first in its log`);
  if (saysSomething(log) !== (header !== undefined))
    wrong.push(`reply ${id}: words and message do not agree`);
  const message = header && messageIn(facts, header);
  if (message && textOf(message.parts) !== textOf(log.parts))
    wrong.push(`reply ${id}: not the words of its log`);
  return wrong;
}

/** The words of one writer, counted from 1. */
function isInOrder(text: string): boolean {
  const words = text.trim().split(' ');
  const [writer] = (words[0] ?? '').split('.');
  return words.every((word, index) => word === `${writer}.${index + 1}`);
}

function messageIn({ streams }: Facts, { id, branch }: MessageHeader): Message | undefined {
  return streams.get(branch)?.find(({ message }) => message.id === id)?.message;
}

/** The version stands beside the old one, on a branch of its own, and what was asked for with it was asked for. */
function editFaults(facts: Facts, { input, answer }: Edited): string[] {
  const { tree } = facts;
  const { message: id, of } = input;
  const header = tree.messages.get(id);
  if (!header) return [`edit ${id}: acknowledged and lost`];
  const wrong: string[] = [];
  const old = tree.messages.get(of);
  const message = messageIn(facts, header);
  if (header.parent !== old?.parent || header.role !== old.role) wrong.push(`edit ${id}: not beside ${of}`);
  if (header.branch !== id || answer.branch !== id) wrong.push(`edit ${id}: not on a branch of its own`);
  if (!message || textOf(message.parts) !== input.text) wrong.push(`edit ${id}: another text`);
  return [...wrong, ...unasked(facts, id, repliesIn(input))];
}

/** It follows what it was said after, and stands for all but what it keeps. */
function summaryFaults(facts: Facts, { input, answer }: Summed): string[] {
  const { message: id, after, keep, text } = input;
  const header = facts.tree.messages.get(id);
  if (!header) return [`summarise ${id}: acknowledged and lost`];
  const wrong: string[] = [];
  const message = messageIn(facts, header);
  if (header.parent !== after || header.branch !== answer.branch) wrong.push(`summarise ${id}: elsewhere`);
  if (message?.parts.map(partPlain).join('') !== text) wrong.push(`summarise ${id}: another text`);
  const chain = pathTo(facts.tree, after).flatMap((one) => facts.tree.messages.get(one) ?? []);
  const { from, to } = coveredBy(chain, keep) ?? {};
  if (header.summary?.from !== from || header.summary?.to !== to)
    wrong.push(`summarise ${id}: stands for something else`);
  return wrong;
}

/**
 * What a mark says is what somebody wrote who was not outdone: of two writes the one that began when the other was acknowledged is the
 * later. Where none was acknowledged nothing need have been written.
 */
function markFaults(tree: Tree, written: readonly Written[]): string[] {
  const wrong: string[] = [];
  const names = new Set(written.map(({ message, field }) => `${message} ${field}`));
  for (const name of names) {
    const writes = written.filter(({ message, field }) => `${message} ${field}` === name);
    const [{ message, field }] = writes as [Written];
    const acknowledged = writes.filter(({ until }) => until !== undefined);
    const last = writes.filter(({ until = Number.POSITIVE_INFINITY }) =>
      acknowledged.every((other) => other.from <= until),
    );
    const may = [...last.map(({ value }) => value), ...(acknowledged.length === 0 ? [false, ''] : [])];
    if (!may.includes(markOf(tree, message)[field])) wrong.push(`mark ${name}: not what was written last`);
  }
  return wrong;
}

/** Each reply of an acknowledged command was asked for, and under what it asked to be. */
function unasked({ tree }: Facts, parent: string, replies: readonly string[]): string[] {
  const lost = replies.filter((reply) => tree.generations.get(reply)?.parent !== parent);
  return lost.map((reply) => `${parent}: the reply ${reply} was not asked for`);
}

function acknowledgedFaults(
  facts: Facts,
  { sent, edited, asked, stopped, answered, summed, written }: Acknowledged,
): string[] {
  const { tree } = facts;
  const wrong = edited.flatMap((edit) => editFaults(facts, edit));
  wrong.push(...summed.flatMap((one) => summaryFaults(facts, one)), ...markFaults(tree, written));
  for (const { input, answer } of sent) {
    const header = tree.messages.get(input.message);
    if (!header) wrong.push(`send ${input.message}: acknowledged and lost`);
    else {
      const message = messageIn(facts, header);
      if (header.parent !== input.parent) wrong.push(`send ${input.message}: under another parent`);
      if (!message || textOf(message.parts) !== input.text) wrong.push(`send ${input.message}: another text`);
      if (header.branch !== answer.branch) wrong.push(`send ${input.message}: answered another branch`);
    }
    wrong.push(...unasked(facts, input.message, repliesIn(input)));
  }
  for (const { input } of asked) {
    wrong.push(...unasked(facts, input.parent, repliesIn(input)));
    for (const reply of repliesIn(input))
      if ((tree.generations.get(reply)?.origin.begun !== undefined) !== (input.begin !== undefined))
        wrong.push(`regenerate ${reply}: does not go on as it was asked to`);
  }
  for (const { reply, option } of answered) {
    const header = tree.messages.get(reply);
    const parts = (header && messageIn(facts, header)?.parts) ?? [];
    const said = parts.find((part): part is QuestionPart => part.kind === 'question');
    if (said?.answer?.option !== option)
      wrong.push(`answer ${reply}: acknowledged ${option}, and not in the message`);
  }
  for (const reply of stopped) {
    if (!tree.generations.get(reply)?.end) wrong.push(`stop ${reply}: goes on`);
  }
  return wrong;
}

async function listFaults(
  { world, conversation, tree }: Facts,
  { sent, renamed, filed }: Acknowledged,
): Promise<string[]> {
  const entry = (await trueList(world)).get(conversation);
  if (!entry) return ['the conversation is not in the list'];
  const wrong: string[] = [];
  const { open, title, active } = entry.header;
  if (open.length > 0) wrong.push(`conversations: ${open.join(', ')} still open`);
  for (const id of tree.generations.keys())
    if (!entry.ended.has(id)) wrong.push(`conversations: ${id} not ended`);
  // What is asked aside names nothing.
  const beside = inAsides(tree);
  const names = sent.some(({ input }) => !beside.has(input.message));
  if (names && title.text === '') wrong.push('conversations: no title');
  if (renamed.length > 0 && title.by !== 'person')
    wrong.push('conversations: a title given by a person is lost');
  if (filed.length > 0 && !(entry.header.pinned && entry.header.filed))
    wrong.push('conversations: what was pinned and filed is not');
  const { folders } = await newestFolds(world, conversation);
  for (const id of filed)
    if (folders.get(id)?.folder.name !== `name of ${id}`) wrong.push(`conversations: ${id} is lost`);
  const newest = Math.max(0, ...sent.map(({ input }) => tree.messages.get(input.message)?.time ?? 0));
  if (active < newest) wrong.push('conversations: active is older than the newest message');
  return wrong;
}

/** The outline's items in another order, some twice, give the same tree. (Of two that differ, the first stands.) */
async function foldFaults({ world, conversation, tree }: Facts): Promise<string[]> {
  const firsts = new Map<string, OutlineChange>();
  for (const item of await outlineItems(world, conversation)) {
    if (!firsts.has(changeKey(item))) firsts.set(changeKey(item), item);
  }
  const items = [...firsts.values()];
  const mixed = [...items, ...items.filter(() => world.random.chance(0.3))];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = world.random.below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as never, mixed[at] as never];
  }
  const again = foldOutline(emptyTree, mixed);
  return same(plain(again), plain(tree)) ? [] : ['the outline folds to another tree in another order'];
}

/** Who reads the newest segment of an index alone knows what all of them say. */
async function segmentFaults({ world, conversation, tree }: Facts): Promise<string[]> {
  const newest = await newestFolds(world, conversation);
  const all = await trueList(world);
  const headers = (list: typeof all) => [...list].map(([id, { header, stamps }]) => [id, header, stamps]);
  const wrong: string[] = [];
  if (!same(plain(newest.tree), plain(tree))) wrong.push('the newest segment of the outline lacks something');
  if (!same(headers(newest.list), headers(all)))
    wrong.push('the newest segment of conversations lacks something');
  return wrong;
}

const plain = (of: Tree) => [
  sorted(of.messages),
  sorted(of.generations),
  sorted(of.branches),
  sorted(of.children),
  sorted(of.marks),
  sorted(of.ends),
  sorted(of.others),
];

function changeKey(change: OutlineChange): string {
  if (change.kind === 'branch') return `branch ${change.branch.id}`;
  if (change.kind === 'message') return `message ${change.message.id}`;
  if (change.kind === 'other') return `other ${JSON.stringify(change.item)}`;
  if (change.kind === 'mark') return `mark ${change.mark.id} ${change.mark.at}`;
  return change.kind === 'generation' ? `generation ${change.generation.id}` : `end ${change.id}`;
}

const sorted = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Equal as JSON, whatever the order of fields. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field) =>
    field && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(sorted(new Map(Object.entries(field))))
      : field,
  );
}
