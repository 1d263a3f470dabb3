/**
 * Summaries (docs/protocol.md, "Kinds of forks"): what one stands for, and what is read beside it. By headers, as `contextOfChain` does it by
 * messages. Pure; unknown ids give empty answers.
 */
import { layersOf } from './layered.ts';
import { childrenOf } from './queries.ts';
import { hasPosition, isReadFirst, isSummary, type Originated } from './standing.ts';
import type { Tree } from './tree.ts';
import type { MessageHeader } from './types.ts';

/**
 * Where the last `keep` turns before `end` begin in what was said, root first: a turn begins with a message of a person. `end` for
 * none; the first message of a person where there are not so many.
 */
export function lastTurns(said: readonly Originated[], end: number, keep: number): number {
  let from = end;
  for (let at = end - 1, left = keep; at >= 0 && left > 0; at -= 1) {
    if (said[at]?.role !== 'user') continue;
    from = at;
    left -= 1;
  }
  return from;
}

/** What a model reads of a chain. */
export interface ReadChain {
  /** The system prompt in force. */
  readonly prompt?: MessageHeader;
  /** The last summary; absent: there is none, and all is read. */
  readonly summary?: MessageHeader;
  /** The turns before the summary that are read word for word. */
  readonly kept: readonly MessageHeader[];
  /** What came after the summary, or all. */
  readonly after: readonly MessageHeader[];
}

/** @param headers of a chain, root first */
export function readChain(headers: readonly MessageHeader[]): ReadChain {
  const prompt = headers.findLast(isReadFirst);
  const said = headers.filter((header) => !isReadFirst(header));
  const at = said.findLastIndex(standsForSomething);
  const summary = said[at];
  const kept = summary?.summary
    ? said.slice(lastTurns(said, at, summary.summary.keep), at).filter((one) => !standsForSomething(one))
    : [];
  return { ...(prompt && { prompt }), ...(summary && { summary }), kept, after: said.slice(at + 1) };
}

/**
 * The same of the chain that ends with `tip`, without walking all of it where a summary stands in it: what that one stands for is walked
 * once, for the system prompt, and only where it does not name that. Stops where a parent is not known.
 */
export function readUpFrom(tree: Tree, tip: string): ReadChain {
  const met = new Set<string>();
  const chain: MessageHeader[] = [];
  let summary: MessageHeader | undefined;
  let turns = 0;
  for (let at = tree.messages.get(tip); at && !met.has(at.id); at = tree.messages.get(at.parent ?? '')) {
    met.add(at.id);
    if (summary && turns >= (summary.summary?.keep ?? 0)) break;
    chain.push(at);
    if (summary && at.role === 'user') turns += 1;
    if (!summary && standsForSomething(at)) summary = at;
  }
  const read = readChain(chain.reverse());
  const prompt = read.prompt ?? (summary && promptAbove(tree, summary));
  return { ...read, ...(prompt && { prompt }) };
}

/** Headers never change, and neither does what is above them. */
const prompts = new WeakMap<MessageHeader, MessageHeader | null>();

function promptAbove({ messages }: Tree, summary: MessageHeader): MessageHeader | undefined {
  const told = summary.summary?.prompt;
  if (told === null) return undefined;
  const known = messages.get(told ?? '');
  if (known && isReadFirst(known)) return known;
  let prompt = prompts.get(summary);
  if (prompt === undefined) {
    prompt = null;
    const met = new Set<string>();
    let at: MessageHeader | undefined = summary;
    while (at && !met.has(at.id)) {
      met.add(at.id);
      if (isReadFirst(at)) {
        prompt = at;
        break;
      }
      at = messages.get(at.parent ?? '');
    }
    prompts.set(summary, prompt);
  }
  return prompt ?? undefined;
}

/** One that says nothing, or cannot be read, stands for nothing. */
function standsForSomething(header: MessageHeader): boolean {
  return isSummary(header) && (header.summary?.words ?? 0) > 0;
}

/** The first and the last message a summary after a chain would stand for; undefined: the turns that are kept are all there is. */
export function coveredBy(
  headers: readonly MessageHeader[],
  keep: number,
): { readonly from: string; readonly to: string } | undefined {
  const said = headers.filter((header) => !isReadFirst(header));
  const covered = said.slice(0, lastTurns(said, said.length, keep)).filter(hasPosition);
  const [first, last] = [covered[0], covered.at(-1)];
  return first && last && { from: first.id, to: last.id };
}

/** How many messages a summary stands for, earlier summaries and prompts not counted. Costs the way to the first of them, once. */
export function countCovered(tree: Tree, id: string): number {
  const summary = tree.messages.get(id);
  if (!summary?.summary) return 0;
  let count = counted.get(summary);
  if (count === undefined) {
    const { from, to } = summary.summary;
    const covered = wayUp(tree, to, from);
    count = covered.filter(hasPosition).length;
    // What is not known yet may come.
    if (covered.at(-1)?.id === from) counted.set(summary, count);
  }
  return count;
}

/** Headers never change, and neither does what is above them. */
const counted = new WeakMap<MessageHeader, number>();

function wayUp({ messages }: Tree, from: string, to: string): readonly MessageHeader[] {
  const way = new Map<string, MessageHeader>();
  for (let at = messages.get(from); at && !way.has(at.id); at = messages.get(at.parent ?? '')) {
    way.set(at.id, at);
    if (at.id === to) break;
  }
  return [...way.values()];
}

/** Messages that a summary follows, each with the newest. Costs what changed of late. */
export function summarised(tree: Tree): ReadonlyMap<string, string> {
  const { base, recent } = layersOf(tree.messages);
  let known = summarisedIn.get(base);
  if (!known) {
    known = summariesAmong(base.values());
    summarisedIn.set(base, known);
  }
  const fresh = summariesAmong(recent.values());
  const all = fresh.length === 0 ? known : [...known, ...fresh];
  if (all.length === 0) return none;
  const found = new Map<string, string>();
  // In a tree that is shown, what was pruned is nobody's child.
  for (const { id, parent } of all)
    if (parent !== null && childrenOf(tree, parent).includes(id)) found.set(parent, id);
  return found;
}

const none: ReadonlyMap<string, string> = new Map();

const summariesAmong = (messages: Iterable<MessageHeader>): readonly MessageHeader[] =>
  [...messages].filter(standsForSomething).sort((a, b) => a.time - b.time);

/** By the part of the messages that many states of a tree share. */
const summarisedIn = new WeakMap<Tree['messages'], readonly MessageHeader[]>();
