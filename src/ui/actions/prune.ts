/** Pruning: what it hides, what it may not, and the way back. */
import type { Actions } from '../../client/types.ts';
import { childrenOf, parentOf, subtreeOf, type Tree } from '../../tree/index.ts';
import { announce } from '../stores/announce.ts';
import { currentPage, type OpenPage } from '../stores/page.ts';
import { excerpt } from '../stores/target.ts';
import { toastFailure } from '../stores/toasts.ts';
import { offerUndo } from '../stores/undo.ts';
import * as strings from './strings/messages.ts';
import { firstWordsOf } from './turn.ts';

/** Hides messages with all that follows them. The view leaves what is hidden, and says so; "Undo" brings both back. */
export async function prune(
  { view, withdraw, client }: OpenPage,
  messages: readonly string[],
): Promise<void> {
  const { id, tree, path } = view;
  const heads = topmost(tree, messages);
  if (hidesAll(tree, heads)) throw new Error(strings.hidesAll);
  const count = heads.reduce((sum, head) => sum + subtreeOf(tree, head).length, 0);
  const at = path.findIndex(({ key }) => heads.includes(key));
  const tip = path[path.length - 1]?.key;
  if (at >= 0) withdraw(path[at - 1]?.key ?? null);
  try {
    await client.mark(id, patchOf(heads, true));
  } catch (error) {
    if (at >= 0 && tip) withdraw(tip);
    throw error;
  }
  const done =
    heads.length === 1
      ? strings.hidden(excerpt(firstWordsOf(tree, heads[0] as string)), count)
      : strings.hiddenSeveral(heads.length, count);
  offerUndo(done, () => {
    void restore(client, id, heads).then((done) => {
      const now = currentPage();
      if (done && at >= 0 && tip && now?.view.id === id) now.goTo(tip);
    });
  });
}

/** True when it is done; a failure is told. */
export async function restore(
  client: Pick<Actions, 'mark'>,
  conversation: string,
  heads: readonly string[],
): Promise<boolean> {
  try {
    await client.mark(conversation, patchOf(heads, false));
    announce(heads.length === 1 ? strings.branchRestored : strings.branchesRestored);
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  }
}

const patchOf = (messages: readonly string[], pruned: boolean) =>
  messages.map((message) => ({ message, pruned }));

/** Without those that stand below another. */
export function topmost(tree: Tree, messages: readonly string[]): readonly string[] {
  const all = new Set(messages);
  return [...all].filter((message) => {
    for (let at = parentOf(tree, message); at; at = parentOf(tree, at)) if (all.has(at)) return false;
    return true;
  });
}

function hidesAll(tree: Tree, heads: readonly string[]): boolean {
  return childrenOf(tree, null).every((first) => heads.includes(first));
}
