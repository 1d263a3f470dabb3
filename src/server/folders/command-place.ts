/** What is asked of folders is asked of a message: where that stands, and what is kept there. */
import { Refusal } from '../../protocol/index.ts';
import { copyAt, type Tree } from '../../tree/index.ts';
import type { CopyRoom } from './copy-room.ts';
import type { FolderDesk, FolderStates } from './desk.ts';
import type { Repository } from './repository.ts';

export interface CommandRoom {
  readonly desk: FolderDesk;
  readonly copies: CopyRoom;
  /** Folders agents may work in, and below; none: any. */
  readonly roots: readonly string[];
  /** A conversation as it is indexed. Throws Refusal. */
  readonly tree: (conversation: string) => Promise<Tree>;
}

/** Where a message stands in the folders of its conversation. */
export interface FolderPlace {
  readonly tree: Tree;
  readonly own: Repository;
  readonly states: FolderStates;
  readonly copy: string | undefined;
}

/** @throws {Refusal} */
export async function placeIn(
  { desk, tree: treeOf }: CommandRoom,
  conversation: string,
  message: string,
): Promise<FolderPlace> {
  const tree = await treeOf(conversation);
  const folder = [...tree.messages.values()].find((one) => one.folder !== undefined)?.folder;
  if (folder === undefined)
    throw new Refusal(422, 'no-folder', 'No agent has worked in a folder in this chat.');
  const own = await desk.repository(folder);
  return { tree, own, states: await desk.states(own, conversation), copy: copyAt(tree, message) };
}
