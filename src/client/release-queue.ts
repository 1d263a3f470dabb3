import type { QueryClient } from '@tanstack/query-core';
import type { Generation, Tree } from '../tree/index.ts';
import type { Outlines } from './folds/outlines.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Hold } from './outbox/stored-sends.ts';

/** What is to be done with a send in the queue. */
export type QueueTurn =
  | { readonly kind: 'wait' | 'stall' }
  | { readonly kind: 'go'; readonly parent: string };

const wait: QueueTurn = { kind: 'wait' };

/**
 * Whether the reply a send waits for is done. One that failed, was stopped or interrupted is not; where it was asked for once more,
 * the newest counts in its place. Pure.
 */
export function turnOf(tree: Tree, { after, anyEnd, orphan }: Hold): QueueTurn {
  if (orphan) return { kind: 'stall' };
  const reply = tree.generations.get(after);
  // Not asked for yet, or said by somebody else.
  if (!reply) return tree.messages.has(after) ? { kind: 'go', parent: after } : wait;
  const last = isDone(reply) ? reply : newestBeside(tree, reply);
  if (!last.end) return wait;
  if (!isDone(last) && !anyEnd) return { kind: 'stall' };
  return { kind: 'go', parent: tree.messages.has(last.id) ? last.id : last.parent };
}

const ENDED_EARLY: ReadonlySet<string> = new Set(['stopped', 'failed', 'interrupted']);
const isDone = ({ end }: Generation) => end !== undefined && !ENDED_EARLY.has(end.reason);

function newestBeside(tree: Tree, reply: Generation): Generation {
  let newest = reply;
  for (const other of tree.generations.values())
    if (other.parent === reply.parent && other.started > newest.started) newest = other;
  return newest;
}

/**
 * Sends what is in the queue when its turn has come. Conversations with a queue are followed for that, also where no page shows them
 * any more. Returns the way to stop.
 */
export function releaseQueue(outbox: Outbox, outlines: Outlines, queryClient: QueryClient): () => void {
  const followed = new Map<string, () => void>();
  const judge = (conversation: string, tree = outlines.tree(conversation)) => {
    if (!tree) return;
    for (const { send, hold } of outbox.queue()) {
      if (send.conversation !== conversation) continue;
      const turn = turnOf(tree, hold);
      if (turn.kind === 'go') outbox.release(send.message, turn.parent);
      else outbox.settle(send.message, turn.kind === 'stall' ? 'stall' : 'resume');
    }
  };
  const follow = () => {
    const wanted = new Set(outbox.queue().map(({ send }) => send.conversation));
    for (const [conversation, stop] of followed) {
      if (wanted.has(conversation)) continue;
      followed.delete(conversation);
      stop();
    }
    for (const conversation of wanted) {
      // Of one that is still to be created nothing can be read.
      if (followed.has(conversation) || outbox.uncreated.get().has(conversation)) continue;
      followed.set(conversation, outlines.retain(conversation));
      // What cannot be read now is when the connection is back, as all that failed.
      void queryClient.prefetchQuery({ ...outlines.query(conversation), gcTime: Number.POSITIVE_INFINITY });
    }
    for (const conversation of wanted) judge(conversation);
  };
  const stops = [
    outbox.pending.subscribe(follow),
    outbox.uncreated.subscribe(follow),
    outlines.onChange((conversation, tree) => judge(conversation, tree)),
  ];
  follow();
  return () => {
    for (const stop of [...stops, ...followed.values()]) stop();
  };
}
