/** Asking for replies: where one goes, what is announced of it, and when it starts. */
import {
  type Asking,
  type Generation,
  liveUnder,
  type MessageHeader,
  type ModelRef,
  type Origin,
  type Tree,
} from '../../../tree/index.ts';
import type { ModelName } from '../../models/port.ts';
import { isTaken, openBranch, type Slot, slotAfter } from '../branch/fork.ts';
import { unindexed } from '../branch/unindexed-tip.ts';
import type { PatchFields } from '../index/list.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { watch } from './keep-settling.ts';

/** A reply that was asked for: `named` is what its model calls itself, null for a model that is not there. */
export interface AskedReply {
  readonly id: string;
  readonly model: ModelRef;
  readonly named: ModelName | null;
  readonly origin: Origin;
  /** How it is asked; none for a reply that was asked for before. */
  readonly asking?: Asking;
}

/** The reply `asked` under `parent` if it was asked for before. Throws Refusal `id-taken` when the id is something else. */
export function knownReply(tree: Tree, parent: string, reply: string): Generation | undefined {
  const known = tree.generations.get(reply);
  if (known ? known.parent !== parent : tree.messages.has(reply)) throw refusals.idTaken();
  return known;
}

/** Throws Refusal `unknown-model`. */
export function generationAt(store: Store, asked: AskedReply, slot: Slot): Generation {
  const { id, model, named, origin, asking } = asked;
  if (!named) throw refusals.unknownModel();
  const { name, demo } = named;
  const started = store.clock.tick();
  const { message: parent, branch, offset: at } = slot;
  return { id, parent, branch, at, model, name, ...(demo && { demo }), origin, started, ...asking };
}

/** Announces the reply under `parent` in the outline: in the place after it if that is free, else on its own branch. */
export async function announceReply(
  store: Store,
  outline: Outline,
  parent: MessageHeader,
  asked: AskedReply,
): Promise<Generation> {
  if (!asked.named) throw refusals.unknownModel();
  const slot = await replySlot(store, outline, parent, asked.id);
  const generation = generationAt(store, asked, slot);
  const tree = await outline.write([{ kind: 'generation', generation }]);
  return tree.generations.get(asked.id) ?? generation;
}

async function replySlot(
  store: Store,
  outline: Outline,
  parent: MessageHeader,
  reply: string,
): Promise<Slot> {
  const slot = slotAfter(parent);
  if (!outline.tree.branches.has(reply) && (await isFree(store, outline, slot))) return slot;
  const { branch, first } = await openBranch(store, outline, reply, slot);
  return { branch: branch.id, offset: first, message: parent.id };
}

/** Nothing stands there and no unfinished reply will. What stands there unindexed is indexed on the way. */
async function isFree(store: Store, outline: Outline, slot: Slot): Promise<boolean> {
  const { tree } = outline;
  const promised = liveUnder(tree, slot.message).some(
    (g) => g.branch === slot.branch && g.at === slot.offset,
  );
  if (promised || isTaken(tree, slot)) return false;
  const found = await unindexed(store, outline, slot);
  if (found === null) return true;
  if (found !== 'stray') await outline.write([{ kind: 'message', message: found }]);
  return false;
}

/**
 * Marks the reply open in `conversations`, with what else the command says there, and starts it. An ended one is left
 * alone. Throws EngineError; repeat the command then.
 */
export async function startReply(
  store: Store,
  outline: Outline,
  generation: Generation,
  fields: PatchFields,
): Promise<void> {
  const { conversation } = outline;
  await store.list.patch(conversation, {
    ...fields,
    ...(!generation.end && { generations: { [generation.id]: 'open' } }),
  });
  if (generation.end) return;
  store.runner().start(conversation, generation);
  watch(store, conversation, generation.id);
}
