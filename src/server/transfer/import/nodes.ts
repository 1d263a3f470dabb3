/**
 * Conversations as other programs write them: nodes that name their parents, in whatever state. `straighten` makes a tree of them that
 * Bough can hold: each node once, parents before children, no cycles, nothing that only connects. Pure.
 */
import type { Part } from '../../../protocol/index.ts';
import type { Finish } from '../../../tree/index.ts';

/** A file that a message names: by where its content is in what is imported. */
export interface SourceFile {
  readonly kind: 'attachment';
  readonly name: string;
  /** How the export calls it: the content is sought among its other files by these words. */
  readonly keys?: readonly string[];
  /** The content, where it stands in the conversation itself. */
  readonly content?: Uint8Array | string;
}

export type SourcePart = Part | SourceFile;

/** What a node says. */
export interface SourceWords {
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: readonly SourcePart[];
  /** Of a reply: the model by its source's own name. */
  readonly model?: string;
  /** ms since the epoch; absent where the export does not say. */
  readonly time?: number;
  readonly finish?: Omit<Finish, 'at'>;
  readonly usage?: { readonly input?: number; readonly output?: number };
  readonly rating?: 'up' | 'down';
  /** It goes on with the reply above it (tool calls and their results come as messages of their own elsewhere). */
  readonly continues?: boolean;
}

export interface SourceNode {
  readonly id: string;
  readonly parent: string | null;
  /** Null: it connects what stands above and below it, and says nothing. */
  readonly words: SourceWords | null;
}

/** What was not as it should be, and how often. */
export type Oddities = Map<string, number>;

export function note(odd: Oddities, what: string, times = 1): void {
  if (times > 0) odd.set(what, (odd.get(what) ?? 0) + times);
}

export interface StraightNode {
  readonly id: string;
  readonly parent: string | null;
  readonly words: SourceWords;
}

/**
 * @param nodes in the order of the export, which orders siblings
 * @param odd takes what was mended
 * @returns parents before children; `nearest` finds the message that stands for a node that says nothing or joined another
 */
export function straighten(
  nodes: readonly SourceNode[],
  odd: Oddities,
): { readonly messages: readonly StraightNode[]; readonly nearest: (id: string) => string | undefined } {
  const byId = new Map<string, SourceNode>();
  for (const node of nodes) {
    if (byId.has(node.id)) note(odd, 'messages with an id that another one has: the first is kept');
    else byId.set(node.id, node);
  }
  const parents = soundParents(byId, odd);
  const shown = wordsAbove(byId, parents);
  const children = childrenOf(byId, shown);
  const order: Omit<StraightNode, 'words'>[] = [];
  const homes = new Map<string, string>();
  const merged = new Map<string, SourceWords>();
  for (const id of depthFirst(children)) {
    const node = byId.get(id) as SourceNode;
    const words = node.words as SourceWords;
    const above = shown(node);
    const home = above === null ? null : (homes.get(above) ?? above);
    const onlyChild = above !== null && children.get(above)?.length === 1;
    const before = home === null ? undefined : merged.get(home);
    if (words.continues && onlyChild && before?.role === 'assistant' && home !== null) {
      merged.set(home, joinedWords(before, words));
      homes.set(id, home);
      continue;
    }
    merged.set(id, words);
    homes.set(id, id);
    order.push({ id, parent: home });
  }
  return {
    messages: order.map(({ id, parent }) => {
      const words = merged.get(id) as SourceWords;
      return { id, parent, words: { ...words, parts: withResults(words.parts) } };
    }),
    nearest: (id) => {
      const node = byId.get(id);
      if (!node) return undefined;
      const at = node.words ? id : shown(node);
      return at === null ? undefined : homes.get(at);
    },
  };
}

/** Each node's parent, where there is one that does not lead back to the node. */
function soundParents(
  byId: ReadonlyMap<string, SourceNode>,
  odd: Oddities,
): ReadonlyMap<string, string | null> {
  const parents = new Map<string, string | null>();
  for (const { id, parent, words } of byId.values()) {
    const isMissing = parent !== null && !byId.has(parent);
    if (isMissing && words) note(odd, 'messages whose parent is not in the export: they begin anew');
    parents.set(id, isMissing ? null : parent);
  }
  const safe = new Set<string>();
  for (const id of byId.keys()) {
    const way = new Set<string>();
    let at: string | null = id;
    while (at !== null && !safe.has(at)) {
      if (way.has(at)) {
        note(odd, 'circles of messages, each said to follow the other: cut');
        parents.set(at, null);
        break;
      }
      way.add(at);
      at = parents.get(at) ?? null;
    }
    for (const seen of way) safe.add(seen);
  }
  return parents;
}

/** Finds the nearest node above that says something. */
function wordsAbove(
  byId: ReadonlyMap<string, SourceNode>,
  parents: ReadonlyMap<string, string | null>,
): (node: SourceNode) => string | null {
  const found = new Map<string, string | null>();
  return ({ id }) => {
    const way: string[] = [];
    let at = parents.get(id) ?? null;
    let answer: string | null = null;
    while (at !== null) {
      const known = found.get(at);
      if (byId.get(at)?.words) {
        answer = at;
        break;
      }
      if (known !== undefined) {
        answer = known;
        break;
      }
      way.push(at);
      at = parents.get(at) ?? null;
    }
    for (const node of way) found.set(node, answer);
    return answer;
  };
}

function childrenOf(
  byId: ReadonlyMap<string, SourceNode>,
  shown: (node: SourceNode) => string | null,
): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const node of byId.values()) {
    if (!node.words) continue;
    const above = shown(node);
    const beside = children.get(above);
    if (beside) beside.push(node.id);
    else children.set(above, [node.id]);
  }
  return children;
}

/** Without recursion: a conversation can be 100,000 messages long. */
function* depthFirst(children: ReadonlyMap<string | null, readonly string[]>): Generator<string> {
  const waiting = [...(children.get(null) ?? [])].reverse();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    yield id;
    for (const child of [...(children.get(id) ?? [])].reverse()) waiting.push(child);
  }
}

/** A reply and what goes on with it, as one. */
function joinedWords(before: SourceWords, more: SourceWords): SourceWords {
  const finish = more.finish ?? before.finish;
  const rating = more.rating ?? before.rating;
  const model = before.model ?? more.model;
  return {
    ...before,
    parts: [...before.parts, ...more.parts],
    ...(finish && { finish }),
    ...(rating && { rating }),
    ...(model !== undefined && { model }),
  };
}

type ToolPart = Extract<SourcePart, { readonly kind: 'tool' }>;

/** A tool without a name: what a call gave, `call` being what the source knows of which. */
const isResult = (part: SourcePart): part is ToolPart => part.kind === 'tool' && part.name === '';
const isOpen = (part: SourcePart): part is ToolPart =>
  part.kind === 'tool' && part.name !== '' && part.output === undefined && part.error === undefined;

/** Results of tools that were said apart from their calls join them: each goes into the open call of its id, else into the first open one; where none waits it stands for itself. */
function withResults(parts: readonly SourcePart[]): SourcePart[] {
  const joined: SourcePart[] = [];
  for (const part of parts) {
    if (!isResult(part)) {
      joined.push(part);
      continue;
    }
    const own = joined.findIndex((other) => isOpen(other) && other.call === part.call);
    const at = own < 0 ? joined.findIndex(isOpen) : own;
    const call = joined[at];
    if (!call) joined.push({ ...part, name: 'tool' });
    else joined[at] = { ...part, ...(call as ToolPart), ...resultOf(part) };
  }
  return joined;
}

function resultOf({ output, error }: ToolPart): Partial<ToolPart> {
  return { ...(output !== undefined && { output }), ...(error !== undefined && { error }) };
}
