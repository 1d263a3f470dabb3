import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useLiveFound } from '../../../client/hooks/conversation/use-live-found.ts';
import { useFound } from '../../../client/hooks/use-found.ts';
import { countIn, type FindQuery, searchable, tellingTerm, termsOf } from '../../../protocol/find/find.ts';
import type { Tree } from '../../../tree/index.ts';
import { announce } from '../../stores/announce.ts';
import { type FindAt, typedToFind } from '../../stores/dialogs.ts';
import type { PageToFind } from '../../stores/page.ts';
import { markInTree, type SoughtWords } from '../../stores/tree-hits.ts';
import { isBrought, useWhereabouts } from '../../stores/whereabouts/index.ts';
import { type Filters, noFilters } from './find-filters.tsx';
import { highlight, revealIn } from './highlight.ts';
import { countText, dayAt, stepIn } from './steps.ts';
import { useWayBack } from './use-way-back.ts';

/**
 * Finding in the conversation on the page: the question, what was found, the hit one is at, marked in thread and tree. `onBefore`: Back led
 * to where the reader was before it, at a message.
 */
export function useFind(
  { view, goTo, selected }: PageToFind,
  at: FindAt | undefined,
  onBefore: (message: string | undefined) => void,
) {
  const { id, tree, path } = view;
  const [words, setWords] = useState(at?.words ?? typedToFind());
  const [filters, setFilters] = useState(at?.aside ? { ...noFilters, asides: true } : noFilters);
  const [current, setCurrent] = useState(at?.message);
  const [listed, setListed] = useState(at === undefined);
  const asked = useDeferredValue(words);
  const query = useMemo(() => queryOf(asked, filters), [asked, filters]);
  const found = useAllFound(id, query, tree);
  const { ids } = found;
  const terms = useMemo(() => termsOf(asked), [asked]);
  const here = useMemo(() => path.map(({ key }) => key), [path]);

  const isAt = (message: string) => {
    setCurrent(message);
    announce(countText(ids, message));
  };
  const wayBack = useWayBack({
    ...{ conversation: id, isAtHit: at !== undefined, onBefore },
    onHit: (message) => ids.includes(message) && isAt(message),
  });
  const go = (message: string) => {
    // A phone has room for the list or for what it leads to.
    setListed(window.innerWidth >= 640);
    wayBack.during(() => goTo(message));
    isAt(message);
  };
  const step = (direction: 1 | -1) => {
    const next = stepIn(ids, current, direction, here);
    if (next !== undefined) go(next);
  };
  useEffect(() => {
    const hits = ids.map((hit) => [hit, hit === current ? 'current' : 'hit'] as const);
    markInTree(id, new Map(hits), soughtWords(terms));
  }, [id, ids, current, terms]);
  useEffect(() => () => markInTree(id, new Map()), [id]);
  useEffect(() => highlight(terms, current), [terms, current]);
  // Until the reader moves on by hand.
  const revealed = useWhereabouts(id, ({ mode }) => (isBrought(mode) ? current : undefined));
  useEffect(() => (revealed === undefined ? undefined : revealIn(revealed, terms)), [revealed, terms]);
  // A hit that is read, though it is none of the messages one selects: a system prompt.
  const reading = useWhereabouts(id, (state) => state.reading);
  const read = current !== undefined && reading === current && here.includes(current) ? current : selected;
  const isAsked = asked.trim() !== '' || filters !== noFilters;
  const counted = isAsked && !found.finding ? countText(ids, undefined) : '';
  useEffect(() => {
    if (counted) announce(counted);
  }, [counted]);
  return {
    listed,
    list: (shown: boolean) => setListed(shown),
    words,
    setWords,
    filters,
    setFilters,
    found,
    current,
    isAsked,
    here,
    /** The message one is at. */
    read: read ?? undefined,
    go,
    step,
  };
}

/** What the server finds, and after it what is being written. */
function useAllFound(conversation: string, query: FindQuery, tree: Tree) {
  const found = useFound(conversation, query, tree);
  const live = useLiveFound(conversation, query, tree);
  return useMemo(() => {
    const news = live.filter(({ id }) => !found.ids.includes(id));
    if (news.length === 0) return found;
    return { ...found, ids: [...found.ids, ...news.map(({ id }) => id)], hits: [...found.hits, ...news] };
  }, [found, live]);
}

function queryOf(words: string, { role, model, label, from, to, starred, asides }: Filters): FindQuery {
  return {
    words,
    ...(role && { role }),
    ...(model && { model }),
    ...(label && { label }),
    ...(starred && { starred }),
    ...(asides && { asides }),
    ...atDays(dayAt(from), dayAt(to, 1)),
  };
}

/** More places of one part than these are not counted. */
const MOST_COUNTED = 100;

function soughtWords(terms: readonly string[]): SoughtWords {
  const telling = tellingTerm(terms);
  return {
    isShownIn: (text) => telling !== undefined && searchable(text).includes(telling),
    countIn: (text) => countIn(text, terms, MOST_COUNTED),
  };
}

const atDays = (after: number | undefined, before: number | undefined) => ({
  ...(after !== undefined && { after }),
  ...(before !== undefined && { before }),
});
