/** Makes a branch for somebody from outside: forked at a message, or beginning at the root (docs/protocol.md, "Writes"). */
import { branchStream } from '../../../protocol/index.ts';
import type { Branch, MessageHeader, Tree } from '../../../tree/index.ts';
import { openBranch, type Slot, slotAfter } from '../branch/fork.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { authorOf, isBy } from './batch.ts';
import { type At, checkFirst, postInQueue, whomItAsks, withFiles } from './post.ts';
import { outsideRefusals } from './refusals.ts';
import type { OutsidePut, Put } from './write.ts';
import type { Writers } from './writers.ts';

/** Idempotent. Throws Refusal before anything is written, EngineError. */
export async function put(store: Store, writers: Writers, given: OutsidePut): Promise<Put> {
  const wanted = { ...given, items: await withFiles(store, given.items) };
  const asked = await whomItAsks(store, wanted);
  return store.queue.run(wanted.conversation, async () => {
    const header = await store.list.living(wanted.conversation);
    const outline = await store.outlines.of(wanted.conversation);
    const { branch: id, items, close } = wanted;
    const known = outline.tree.branches.get(id);
    if (known && wanted.onlyNew) throw outsideRefusals.exists();
    const slot = slotOf(outline.tree, writers, wanted, known);
    if (known) await checkState(store, wanted, writers.of(wanted.conversation, id, outline.tree).tip);
    else await checkNew({ store, writers, outline, header, said: wanted, asked }, slot);
    const { branch } = await openBranch(store, outline, id, slot, authorOf(wanted.by));
    // Of a branch that somebody began to speak in only a body that was cut off is completed.
    const isEmpty = !writers.of(wanted.conversation, id, outline.tree).tip;
    if (
      isBy(branch.author, wanted.by) &&
      (isEmpty ? items.length > 0 || close : isCutOff(writers, outline, wanted))
    )
      await postInQueue(store, writers, wanted, asked);
    const state = await store.engine.head(branchStream(wanted.conversation, id));
    return { created: !known, next: state?.next ?? '', closed: state?.closed ?? false };
  });
}

/** What is refused of a new branch and what is said in it, before it is announced. Throws Refusal. */
async function checkNew(at: Omit<At, 'first' | 'branch'>, slot: Slot | null): Promise<void> {
  const { said, outline } = at;
  const { branch: id, conversation, by } = said;
  if (outline.tree.messages.has(id) || outline.tree.generations.has(id)) throw outsideRefusals.nameTaken();
  const from = slot && { ...slot, stream: branchStream(conversation, slot.branch) };
  await checkFirst({
    ...at,
    branch: { id, kind: from ? 'fork' : 'root', from, at: 0, author: authorOf(by) },
  });
}

function isCutOff(writers: Writers, outline: Outline, { conversation, branch, items }: OutsidePut): boolean {
  const { tip } = writers.of(conversation, branch, outline.tree);
  return tip?.sent !== undefined && tip.sent.of === items.length && tip.sent.n < tip.sent.of - 1;
}

/** A branch that is there is open or closed as it is asked for. Throws Refusal. */
async function checkState(store: Store, wanted: OutsidePut, tip: MessageHeader | undefined): Promise<void> {
  const state = await store.engine.head(branchStream(wanted.conversation, wanted.branch));
  if (state && (state.closed ? !wanted.close : wanted.close && tip)) throw outsideRefusals.otherState();
}

/** Where the branch leaves; null: at the root. One that is there must leave where it was asked for. Throws Refusal. */
function slotOf(
  tree: Tree,
  writers: Writers,
  { conversation, from }: OutsidePut,
  known: Branch | undefined,
): Slot | null {
  if (!from) {
    if (known?.from) throw outsideRefusals.otherwise();
    return null;
  }
  const source = tree.branches.get(from.branch);
  if (!source) throw outsideRefusals.noSource();
  const own = writers.of(conversation, source.id, tree).tip;
  const tail = own ?? tree.messages.get(source.from?.message ?? '');
  if (!tail) throw outsideRefusals.emptySource();
  const points = pointsOf(tree, tail, source.id);
  if (known) {
    const at = [tail, ...points].find(({ id }) => id === known.from?.message);
    if (!at || (from.offset !== undefined && at.end !== from.offset)) throw outsideRefusals.otherwise();
    return slotAfter(at);
  }
  const point = from.offset === undefined ? tail : points.find(({ end }) => end === from.offset);
  if (!point) throw outsideRefusals.noForkPoint();
  return slotAfter(point);
}

/** The messages a branch can be forked after, the last first: of its own, then what it shares with those it was forked from. */
function pointsOf(tree: Tree, tail: MessageHeader | undefined, branch: string): readonly MessageHeader[] {
  const points: MessageHeader[] = [];
  let own = branch;
  for (let at = tail; at; at = tree.messages.get(at.parent ?? '')) {
    // A copy has offsets of its own for what it copied.
    if (at.branch !== own && tree.branches.get(own)?.kind === 'copy') break;
    own = at.branch;
    points.push(at);
  }
  return points;
}
