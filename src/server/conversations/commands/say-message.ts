/** A message of a person, said at most once, and the reply to it where one is asked for. Both are indexed when it resolves. */
import type { Generation, MessageHeader, Tree } from '../../../tree/index.ts';
import { type Slot, slotAfter } from '../branch/fork.ts';
import { type MessageMaker, place, placeApart } from '../branch/place.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, announceReply, generationAt, knownReply } from '../reply/generations.ts';

export interface WordsToSay {
  readonly id: string;
  /** Under which it is said; null: as a first message. */
  readonly parent: string | null;
  /** On a branch of its own, also where the place after its parent is free. */
  readonly apart?: boolean;
  /** Whether the message known by this id is this very one. */
  readonly isKnown: (header: MessageHeader) => boolean;
  readonly draft: MessageMaker;
  /** The reply asked for with it; absent: none. */
  readonly asked?: AskedReply;
}

export interface SaidMessage {
  readonly header: MessageHeader;
  /** Absent when none was asked for. */
  readonly generation?: Generation;
}

/** Idempotent by the ids. Throws Refusal before anything is written, EngineError. */
export async function say(store: Store, outline: Outline, words: WordsToSay): Promise<SaidMessage> {
  const { id, asked } = words;
  const generation = asked && knownReply(outline.tree, id, asked.id);
  const known = knownMessage(outline.tree, words);
  if (known && (generation || !asked)) return { header: known, ...(generation && { generation }) };
  if (asked && !asked.named) throw refusals.unknownModel();
  if (known)
    return { header: known, ...(asked && { generation: await lateReply(store, outline, known, asked) }) };
  const slot = slotUnder(outline.tree, words.parent);
  const header = await (words.apart ? placeApart : place)(store, outline, slot, words.draft);
  return index(store, outline, header, asked);
}

/** True when the message begins a branch that was forked for it. */
export function isForked(tree: Tree, header: MessageHeader): boolean {
  return header.branch === header.id && tree.branches.get(header.id)?.from != null;
}

/** Throws Refusal `id-taken` when the id is known as anything but this message. */
function knownMessage(tree: Tree, { id, isKnown }: WordsToSay): MessageHeader | undefined {
  const header = tree.messages.get(id);
  if ((header && !isKnown(header)) || tree.generations.has(id)) throw refusals.idTaken();
  return header;
}

/** The message was appended and found by repair, but nobody came to ask for its reply. */
async function lateReply(
  store: Store,
  outline: Outline,
  header: MessageHeader,
  asked: AskedReply,
): Promise<Generation> {
  for (const generation of outline.tree.generations.values()) {
    if (generation.parent === header.id && generation.origin.kind === 'send') throw refusals.idTaken();
  }
  return announceReply(store, outline, header, asked);
}

function slotUnder(tree: Tree, parent: string | null): Slot | null {
  if (parent === null) return null;
  const header = tree.messages.get(parent);
  if (header) return slotAfter(header);
  const generation = tree.generations.get(parent);
  throw generation && !generation.end ? refusals.stillWriting() : refusals.noParent();
}

async function index(
  store: Store,
  outline: Outline,
  header: MessageHeader,
  asked: AskedReply | undefined,
): Promise<SaidMessage> {
  const generation = asked && generationAt(store, asked, slotAfter(header));
  const tree = await outline.write([
    { kind: 'message', message: header },
    ...(generation ? [{ kind: 'generation' as const, generation }] : []),
  ]);
  return {
    header: tree.messages.get(header.id) ?? header,
    ...(generation && { generation: tree.generations.get(generation.id) ?? generation }),
  };
}
