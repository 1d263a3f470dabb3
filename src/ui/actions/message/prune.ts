/** Pruning: what it hides, what it may not, and the way back. */
import { excerpt } from '../../../protocol/reading/first-line.ts';
import {
  childrenOf,
  copiesLeft,
  copyAt,
  parentOf,
  subtreeOf,
  type Tree,
  worksInOwnFolder,
} from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { lookAway, noteRewound } from '../../stores/rewound.ts';
import { type ToastAction, toastFailure } from '../../stores/toasts.ts';
import * as strings from '../strings/messages.ts';
import { markWithUndo } from '../undo/steps.ts';
import { firstWordsOf, isLive } from './turn.ts';

/** Hides messages with all that follows them. The view leaves what is hidden, and says so; "Undo" brings both back. */
export async function prune(page: OpenPage, messages: readonly string[]): Promise<void> {
  const { tree } = page.view;
  const heads = topmost(tree, messages);
  const count = hiddenBy(tree, heads);
  const live = heads.flatMap((head) => subtreeOf(tree, head)).filter((id) => isLive(tree, id)).length;
  const did =
    heads.length === 1
      ? strings.hidden(firstExcerpt(tree, heads), count, live)
      : strings.hiddenSeveral(heads.length, count, live);
  await hide(page, heads, did, { also: offerPutAway(page, heads) });
}

/** A copy of the folder that nothing shown works in any more takes room; what is in it can be kept without it. */
function offerPutAway({ view, readOnly }: OpenPage, heads: readonly string[]): ToastAction | undefined {
  const copies = copiesLeft(view.tree, heads).map((copy) => ({ conversation: view.id, copy }));
  if (copies.length === 0 || readOnly) return undefined;
  return {
    name: strings.putAwayCopies(copies.length),
    run: () => openDialog({ kind: 'copies', only: copies }),
  };
}

/** What was done to the person's own folder stays, unless it is taken back too. */
function offerFiles({ view }: OpenPage, message: string, heads: readonly string[]): ToastAction | undefined {
  const { id: conversation, tree } = view;
  if (copyAt(tree, message) !== undefined || !worksInOwnFolder(tree, heads)) return undefined;
  const run = () => openDialog({ kind: 'take-files', conversation, message, what: 'restore' });
  return { name: strings.filesToo, run };
}

const firstExcerpt = (tree: Tree, [first = '']: readonly string[]): string =>
  excerpt(firstWordsOf(tree, first));

/**
 * Ends the path at a message: all that follows it is hidden, on every branch. What is being written there is stopped first. The tree shows it,
 * faded, until the reader looks away.
 */
export async function rewind(page: OpenPage, message: string): Promise<void> {
  const { view, client } = page;
  const heads = childrenOf(view.tree, message);
  const below = heads.flatMap((head) => subtreeOf(view.tree, head));
  const live = below.filter((id) => isLive(view.tree, id));
  await Promise.all(live.map((reply) => client.stop(view.id, reply)));
  const did = strings.rewound(firstExcerpt(view.tree, [message]), hiddenBy(view.tree, heads));
  await hide(page, heads, did, { fades: true, also: offerFiles(page, message, heads) });
}

/** Keeps one of several replies: the others are hidden, those being written stopped first. */
export async function keepOnly(page: OpenPage, reply: string, others: readonly string[]): Promise<void> {
  const { view, client } = page;
  const live = others.filter((id) => isLive(view.tree, id));
  await Promise.all(live.map((id) => client.stop(view.id, id)));
  await hide(page, others, strings.keptOnly(firstExcerpt(view.tree, [reply]), hiddenBy(view.tree, others)));
}

async function hide(
  page: OpenPage,
  heads: readonly string[],
  did: string,
  { fades = false, also }: { readonly fades?: boolean; readonly also?: ToastAction | undefined } = {},
): Promise<void> {
  const { view, withdraw } = page;
  const { path, tree } = view;
  if (hidesAll(tree, heads)) throw new Error(strings.hidesAll);
  const at = path.findIndex(({ key }) => heads.includes(key));
  const tip = path[path.length - 1]?.key;
  const end = path[at - 1]?.key ?? null;
  if (at >= 0) withdraw(end);
  // What has the focus goes, or the button it was given back to.
  if (at >= 0 && end !== null) ask('message', end);
  try {
    const moved = at >= 0 && tip ? { before: tip, after: end } : undefined;
    const marked = markWithUndo(page, patchOf(heads, true), did, { moved, also });
    // Before it is hidden: in the tree it does not go and come back.
    if (fades) noteRewound({ conversation: view.id, heads, end: (at >= 0 ? end : tip) ?? null });
    await marked;
  } catch (error) {
    lookAway();
    if (at >= 0 && tip) withdraw(tip);
    throw error;
  }
}

/** How many messages would be hidden with these. */
export function hiddenBy(tree: Tree, heads: readonly string[]): number {
  return heads.reduce((sum, head) => sum + subtreeOf(tree, head).length, 0);
}

/** Brings pruned messages back, with all that follows them; a failure is told. */
export async function restore(
  page: Pick<OpenPage, 'client' | 'view'>,
  heads: readonly string[],
): Promise<void> {
  const did =
    heads.length === 1
      ? strings.restored(firstExcerpt(page.view.tree, heads))
      : strings.restoredSeveral(heads.length);
  await markWithUndo(page, patchOf(heads, false), did).catch(toastFailure);
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
