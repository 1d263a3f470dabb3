import { useEffect, useMemo, useState } from 'react';
import {
  excerptOf,
  type FindQuery,
  type Hit,
  hasAll,
  searchable,
  termsOf,
} from '../../../protocol/find/find.ts';
import { textOf } from '../../../protocol/index.ts';
import { type Generation, inAsides, liveIn, type Tree } from '../../../tree/index.ts';
import { useOpened } from './use-opened.ts';

/** Words of replies that are being written come many times a second; they are looked through no more often than this, in ms. */
const PAUSE = 400;

const none: readonly Hit[] = [];

/** Replies of a conversation that are being written and whose words, as far as they are there, answer the question: the server finds them once they are whole. */
export function useLiveFound(conversation: string, query: FindQuery, tree: Tree): readonly Hit[] {
  const { replies } = useOpened();
  const [hits, setHits] = useState(none);
  const all = liveIn(tree);
  const { asides = false } = query;
  const live = useMemo(() => (asides ? all : besideAsides(tree, all)), [asides, tree, all]);
  useEffect(() => {
    const terms = termsOf(query.words);
    const asked = live.filter((generation) => terms.length > 0 && canAnswer(query, generation));
    const look = () =>
      setHits((before) => {
        const found = asked.flatMap(({ id }) =>
          hitIn(id, textOf(replies.peek(conversation, id).parts), terms),
        );
        return sameHits(before, found) ? before : found;
      });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, PAUSE);
    };
    const stops = asked.map(({ id }) => replies.watch(conversation, id, soon));
    look();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [replies, conversation, query, live]);
  return hits;
}

/** The same list where none of them is in an aside. */
function besideAsides(tree: Tree, live: readonly Generation[]): readonly Generation[] {
  if (tree.asides.size === 0) return live;
  const inside = inAsides(tree);
  return live.some(({ id }) => inside.has(id)) ? live.filter(({ id }) => !inside.has(id)) : live;
}

/** What is asked for besides words can only be said of a message. */
function canAnswer({ role, model, label, after, before, starred }: FindQuery, { name }: Generation): boolean {
  const marked = label !== undefined || starred || after !== undefined || before !== undefined;
  return !marked && (role ?? 'assistant') === 'assistant' && (model ?? name) === name;
}

function hitIn(id: string, text: string, terms: readonly string[]): Hit[] {
  return hasAll(searchable(text), terms) ? [{ id, ...excerptOf(text, terms) }] : [];
}

const sameHits = (before: readonly Hit[], now: readonly Hit[]) =>
  before.length === now.length &&
  now.every(({ id, excerpt }, at) => before[at]?.id === id && before[at]?.excerpt === excerpt);
