import { useEffect, useMemo, useRef, useState } from 'react';
import type { EverywhereQuery } from '../../../protocol/find/everywhere.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { questionIn, searchOf } from './question.ts';

/** A pause in typing, after which it is looked for, in ms. */
export const PAUSE = 180;

interface QuestionView {
  /** As the address has it. */
  readonly question: EverywhereQuery;
  /** As they stand in the field, ahead of the address while somebody types. */
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly setQuestion: (question: EverywhereQuery) => void;
  /** Does not wait for a pause. */
  readonly flush: () => void;
}

/** The question of the page: its address is the only place it is kept, so that Back comes back to it, and it can be given away. */
export function useQuestion(search: string): QuestionView {
  const question = useMemo(() => questionIn(search), [search]);
  const [words, setWords] = useState(question.words);
  const written = useRef(question.words);
  useEffect(() => {
    // Somebody else changed the address: the palette, Back.
    if (question.words !== written.current) setWords(question.words);
    written.current = question.words;
  }, [question.words]);
  const write = (next: EverywhereQuery) => {
    written.current = next.words;
    if (currentRoute().kind === 'find') navigate({ kind: 'find', search: searchOf(next) }, { replace: true });
  };
  const flush = () => write({ ...question, words });
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    if (words === written.current) return;
    const timer = setTimeout(() => latest.current(), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return { question, words, setWords, flush, setQuestion: (next) => write({ ...next, words }) };
}
