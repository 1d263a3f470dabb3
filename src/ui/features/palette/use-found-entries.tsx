import { MessageSquareText, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useFoundEverywhere } from '../../../client/hooks/use-found-everywhere.ts';
import type { EverywhereHit } from '../../../protocol/find/everywhere.ts';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';
import { navigate } from '../../stores/route.ts';
import { Excerpt } from '../find/index.ts';
import { aboutOf, markWords, PAUSE, routeTo, searchOf } from '../find-everywhere/index.ts';
import type { PaletteEntry } from './chooser.tsx';
import { ranked } from './ranked.ts';
import * as strings from './strings.ts';

/** Hits shown among actions and chats. */
const FEW = 6;
/** Hits that these are chosen from. */
const ASKED = 24;
/** One letter is in every message. */
const LEAST = 2;

interface Said {
  readonly found: readonly PaletteEntry[];
  /** The way to all of them. */
  readonly all: readonly PaletteEntry[];
  readonly finding: boolean;
}

/** Messages with these words, once one pauses: the phrase before its words, the newest of equals first. */
export function useFoundEntries(typed: string): Said {
  const words = usePaused(typed.trim().slice(0, FIND_LIMIT));
  const isAsked = words.length >= LEAST;
  const phrase = phraseOf(words);
  const asPhrase = useFoundEverywhere(
    { words: phrase ?? '', most: ASKED },
    { enabled: isAsked && phrase !== undefined },
  );
  const asWords = useFoundEverywhere({ words, most: ASKED }, { enabled: isAsked });
  const finding = asWords.finding || (phrase !== undefined && asPhrase.finding);
  const error = asWords.error;
  const isLate = typed.trim().length >= LEAST && (finding || words !== typed.trim().slice(0, FIND_LIMIT));
  const { hits: phrased, conversations: ofPhrase } = asPhrase;
  const { hits, conversations } = asWords;
  return useMemo(() => {
    if (!isAsked || error) return { found: [], all: [], finding: isLate };
    const titleOf = (id: string) => (conversations.get(id) ?? ofPhrase.get(id))?.title ?? '';
    const found = bestOf([...phrased, ...hits], words).map((hit) =>
      entryOf(hit, words, titleOf(hit.conversation)),
    );
    return { found, all: [allResults(words)], finding: isLate };
  }, [phrased, hits, conversations, ofPhrase, words, isAsked, isLate, error]);
}

/** Several words as one phrase; undefined where it is a word, or one quotes already. */
function phraseOf(words: string): string | undefined {
  return /\s/.test(words) && !/["“”«»「」]/.test(words) ? `"${words}"`.slice(0, FIND_LIMIT) : undefined;
}

/** Those of the phrase come with what stands around it, so they go first. */
function bestOf(hits: readonly EverywhereHit[], words: string): readonly EverywhereHit[] {
  const once = [...new Map(hits.toReversed().map((hit) => [`${hit.conversation} ${hit.id}`, hit])).values()];
  const newest = once.sort((a, b) => b.time - a.time);
  const best = ranked(newest, words, ({ excerpt }) => excerpt);
  const known = new Set(best);
  // Words that stand far from each other are not in one excerpt.
  return [...best, ...newest.filter((hit) => !known.has(hit))].slice(0, FEW);
}

function entryOf(hit: EverywhereHit, words: string, title: string): PaletteEntry {
  return {
    id: `hit-${hit.id}`,
    group: '',
    name: hit.excerpt,
    drawn: <Excerpt hit={hit} />,
    about: [title, ...aboutOf(hit)].filter(Boolean).join(' · '),
    icon: <MessageSquareText size={16} />,
    run: () => {
      markWords(hit, words);
      navigate(routeTo(hit));
    },
  };
}

const allResults = (words: string): PaletteEntry => ({
  id: 'all-results',
  group: '',
  name: strings.allResults(words),
  icon: <Search size={16} />,
  run: () => navigate({ kind: 'find', search: searchOf({ words }) }),
});

function usePaused(words: string): string {
  const [paused, setPaused] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return paused;
}
