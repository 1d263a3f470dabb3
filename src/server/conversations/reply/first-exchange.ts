/** The first exchange of a conversation, by which its model may name it (docs/protocol.md, "Titles"). */
import { branchStream, type Message, textOf } from '../../../protocol/index.ts';
import type { Generation, Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';

export interface Exchange {
  readonly generation: Generation;
  /** What the person said; may be empty, where a file was all. */
  readonly question: string;
  readonly answer: string;
}

/**
 * The exchange that `reply` ended, if it is whole, the first, of a real model, and nobody named the conversation so far;
 * else null. Throws EngineError.
 */
export function firstExchange(store: Store, conversation: string, reply: string): Promise<Exchange | null> {
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (!header || header.deleted || header.title.by !== 'words') return null;
    const { tree } = await store.outlines.of(conversation);
    const generation = tree.generations.get(reply);
    if (!generation || generation.demo || generation.end?.reason !== 'complete') return null;
    if (!isFirst(tree, generation)) return null;
    const message = tree.messages.get(reply);
    if (!message) return null;
    const messageOf = await store.branches.of(branchStream(conversation, message.branch));
    const answer = messageOf(reply);
    const question = messageOf(generation.parent);
    if (!answer || !question) return null;
    return { generation, question: trimmedText(question), answer: trimmedText(answer) };
  });
}

/** Sets the title a model found, unless there is one by now. Throws EngineError. */
export function entitle(store: Store, conversation: string, text: string): Promise<void> {
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (!header || header.deleted || header.title.by !== 'words') return;
    await store.list.patch(conversation, { title: { text, by: 'model' } });
  });
}

/** Nothing but system prompts is above the question. */
function isFirst(tree: Tree, { parent }: Generation): boolean {
  let at = tree.messages.get(parent)?.parent;
  while (at != null) {
    const message = tree.messages.get(at);
    if (message?.role !== 'system') return false;
    at = message.parent;
  }
  return at === null;
}

const trimmedText = ({ parts }: Message): string => textOf(parts).trim();
