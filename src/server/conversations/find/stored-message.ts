/** What of a message, and of where it stands, is stored on disk to be found. Pure. */

import { foundIn, type Message, nameOfAuthor } from '../../../protocol/index.ts';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { inAsides, type MessageHeader, markOf, subtreeOf, type Tree } from '../../../tree/index.ts';
import type { StoredMessage, StoredStanding } from '../../word-index/index.ts';

/** The first words of a branch, in characters. */
const BRANCH_WORDS = 60;

/** Of one message, in UTF-16 units: what is beyond is found in its conversation alone. Commands take 400,000 at most. */
const MOST_TEXT = 1_000_000;

/** @param message undefined where it cannot be read (any more): its first words are in the outline */
export function storedMessage(
  tree: Tree,
  header: MessageHeader,
  message: Message | undefined,
): StoredMessage {
  const { id, time, role, author, files = [] } = header;
  const text = (message ? foundIn(message.parts) : header.preview).slice(0, MOST_TEXT);
  return {
    ...{ id, time, role, text, author: nameOfAuthor(author) },
    model: author.kind === 'model' ? author.name : '',
    file: files.length > 0,
    code: FENCE.test(text) || (message?.parts.some(({ kind }) => kind === 'diff') ?? false),
    branch: branchWords(tree, header),
  };
}

const FENCE = /^ {0,3}(```|~~~)/m;

/** A branch is named after its first own message. */
function branchWords({ branches, messages }: Tree, { branch }: MessageHeader): string {
  return branch === firstOf(branches) ? '' : excerpt(messages.get(branch)?.preview ?? '', BRANCH_WORDS);
}

const first = new WeakMap<Tree['branches'], string>();

/** The branch a conversation began with. Looked for once a tree. */
function firstOf(branches: Tree['branches']): string {
  const known = first.get(branches);
  if (known !== undefined) return known;
  const roots = [...branches.values()].filter(({ kind }) => kind === 'root');
  const [{ id } = { id: '' }] = roots.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  first.set(branches, id);
  return id;
}

/** Of the messages that are hidden, in asides, starred, or in a branch with a label. */
export function standingsIn(tree: Tree): readonly StoredStanding[] {
  const found = new Map<string, { pruned: boolean; aside: boolean; star: boolean; labels: string[] }>();
  const of = (id: string) => {
    const standing = found.get(id) ?? { pruned: false, aside: false, star: false, labels: [] };
    found.set(id, standing);
    return standing;
  };
  for (const id of inAsides(tree)) of(id).aside = true;
  for (const marked of tree.marks.keys()) {
    const { pruned, label, star } = markOf(tree, marked);
    if (star) of(marked).star = true;
    if (!pruned && label === '') continue;
    for (const id of subtreeOf(tree, marked)) {
      if (pruned) of(id).pruned = true;
      if (label !== '' && !of(id).labels.includes(label)) of(id).labels.push(label);
    }
  }
  return [...found].filter(([id]) => tree.messages.has(id)).map(([id, standing]) => ({ id, ...standing }));
}
