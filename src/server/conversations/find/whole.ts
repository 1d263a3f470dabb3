/** A whole conversation, read for taking it away (docs/protocol.md, "Transfer"). */
import {
  branchStream,
  type ChatFolder,
  type Conversation,
  type Message,
  readMessages,
} from '../../../protocol/index.ts';
import type { Tree } from '../../../tree/index.ts';
import { readAll, START } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';
import { viewsOf } from '../kit/views.ts';
import { isPastRecall } from '../recovery/purge.ts';

export interface WholeConversation {
  readonly header: Conversation;
  readonly tree: Tree;
  /** By id; the outline names them all. */
  readonly messages: ReadonlyMap<string, Message>;
  /** What was looked at last. */
  readonly leaf?: string;
  /** The folder of conversations it is in. */
  readonly chatFolder?: ChatFolder;
}

/** @throws {Refusal} `not-found`, `gone` */
export async function whole(store: Store, conversation: string): Promise<WholeConversation> {
  const header = await store.list.living(conversation);
  const { tree } = await store.outlines.of(conversation);
  const messages = new Map<string, Message>();
  for (const [branch, start] of startsOf(tree)) {
    const { items } = await readAll(store.engine, branchStream(conversation, branch), start);
    for (const message of readMessages(items)) {
      const isOwn = tree.messages.get(message.id)?.branch === branch;
      if (isOwn && !messages.has(message.id)) messages.set(message.id, message);
    }
  }
  const leaf = await lastViewed(store, conversation);
  const chatFolder = store.list.folders.get(header.filed ?? '')?.folder;
  return {
    ...{ header, tree, messages },
    ...(leaf !== undefined && tree.messages.has(leaf) && { leaf }),
    ...(chatFolder && !chatFolder.removed && { chatFolder }),
  };
}

/** Where what a branch owns begins; one that was copied begins with the copies. */
function startsOf(tree: Tree): ReadonlyMap<string, string> {
  const owners = new Set([...tree.messages.values()].map(({ branch }) => branch));
  const starts = [...owners].map((id) => {
    const branch = tree.branches.get(id);
    return [id, branch?.from && branch.kind !== 'copy' ? branch.from.offset : START] as const;
  });
  return new Map(starts);
}

async function lastViewed({ engine }: Store, conversation: string): Promise<string | undefined> {
  const views = (await viewsOf(engine, conversation)).filter(({ at }) => at === null);
  return views.reduce<(typeof views)[number] | undefined>((a, b) => (a && a.time > b.time ? a : b), undefined)
    ?.leaf;
}

/** Conversations that are not deleted, the oldest first; those that can be brought back too, if asked. */
export async function allOf(
  { list, clock }: Store,
  { recallable = false }: { readonly recallable?: boolean } = {},
): Promise<readonly string[]> {
  const headers = [...(await list.refresh()).values()].map(({ header }) => header);
  const isWanted = (header: Conversation) =>
    !header.deleted || (recallable && !isPastRecall(header, clock.now()));
  const living = headers.filter((header) => isWanted(header) && header.created !== undefined);
  return living.sort((a, b) => (a.created ?? 0) - (b.created ?? 0)).map(({ id }) => id);
}
