import { ListFilter, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useConnection } from '../../../client/hooks/index.ts';
import { type EverywhereView, useFoundEverywhere } from '../../../client/hooks/use-found-everywhere.ts';
import type { EverywhereQuery } from '../../../protocol/find/everywhere.ts';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';
import { Button, IconButton, isComposing, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { EverywhereFilters } from './everywhere-filters.tsx';
import { HitGroups } from './hit-groups.tsx';
import { KeptFound } from './kept-found.tsx';
import { asksFor } from './question.ts';
import * as strings from './strings.ts';
import { useQuestion } from './use-question.ts';

/** Words in all conversations: what is looked for, how far they are read, what was found. */
export function FindEverywhere({ search }: { readonly search: string }) {
  const { question, words, setWords, setQuestion, flush } = useQuestion(search);
  const [filtering, setFiltering] = useState(() => hasFilters(question));
  const isAsked = asksFor(question);
  const found = useFoundEverywhere(question, { enabled: true, choices: true, enough: 10 });
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter' && event.target === field.current) flush();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !isInRow(event.target)) return;
    event.preventDefault();
    const rows = [field.current, ...(list.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
    rows[rows.indexOf(event.target as HTMLInputElement) + step]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and of the hits in it
    <div onKeyDown={onKeyDown} className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-3xl px-3 pb-16 sm:px-6">
        <search aria-label={strings.title} className="sticky top-0 z-10 bg-paper pt-1 pb-2">
          <div className="flex items-center gap-1 rounded-xl border border-line-strong bg-surface px-1.5">
            <Search size={17} aria-hidden className="ml-2 shrink-0 text-muted" />
            <input
              ref={field}
              type="text"
              aria-label={strings.title}
              placeholder={strings.placeholder}
              value={words}
              maxLength={FIND_LIMIT}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setWords(event.target.value)}
              className="min-h-11 min-w-0 flex-1 bg-transparent px-2 outline-none placeholder:text-muted"
            />
            {found.finding && isAsked && <Spinner label={strings.finding} />}
            <IconButton
              size="sm"
              label={strings.filters}
              aria-expanded={filtering}
              icon={<ListFilter size={17} />}
              onClick={() => setFiltering((was) => !was)}
            />
          </div>
          {filtering && (
            <EverywhereFilters question={question} choices={found.choices} onChange={setQuestion} />
          )}
        </search>
        {found.reading && <Reading {...found.reading} />}
        <div ref={list}>
          <FoundPart {...{ found, question, isAsked, setQuestion }} />
        </div>
      </div>
    </div>
  );
}

const isInRow = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  (target instanceof HTMLInputElement ? target.type === 'text' : 'hit' in target.dataset);

const hasFilters = ({ words: _, ...rest }: EverywhereQuery): boolean => Object.keys(rest).length > 0;

function Reading({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <label className="mt-2 block px-3 text-muted text-sm">
      {strings.reading(done, of)}
      <progress value={done} max={of} className="mt-1 block h-1.5 w-full accent-leaf" />
    </label>
  );
}

interface FoundPartProps {
  readonly found: EverywhereView;
  readonly question: EverywhereQuery;
  readonly isAsked: boolean;
  readonly setQuestion: (question: EverywhereQuery) => void;
}

function FoundPart({ found, question, isAsked, setQuestion }: FoundPartProps) {
  const { hits, more, error, finding } = found;
  const offline = useConnection().kind === 'offline';
  const chats = new Set(hits.map(({ conversation }) => conversation)).size;
  const none = more ? strings.notYet : strings.nothing;
  const count = hits.length > 0 ? strings.counted(hits.length, chats, more !== undefined) : none;
  const said = isAsked && !finding && !error ? count : '';
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  if (error && offline) return <KeptFound words={question.words} />;
  if (error)
    return (
      <p role="alert" className="mt-6 px-3 text-danger text-sm">
        {error}
      </p>
    );
  if (!isAsked)
    return (
      <p className="mt-10 px-3 text-center text-muted">
        {strings.typeSomething} {strings.parts}
      </p>
    );
  const everywhere = question.archived && question.pruned && question.asides;
  return (
    <>
      <p className="mt-3 min-h-5 px-3 text-muted text-sm">{said}</p>
      {hits.length > 0 && (
        <section aria-label={strings.hits} aria-busy={finding}>
          <HitGroups found={found} words={question.words} />
        </section>
      )}
      {more && (
        <p className="mt-4 px-3">
          <Button onClick={more}>{strings.lookFurther}</Button>
        </p>
      )}
      {hits.length === 0 && said !== '' && !everywhere && (
        <p className="mt-2 px-3 text-muted text-sm">
          {strings.leftOut}{' '}
          <button
            type="button"
            onClick={() => setQuestion({ ...question, archived: true, pruned: true, asides: true })}
            className="font-medium text-leaf underline underline-offset-4"
          >
            {strings.lookEverywhere}
          </button>
        </p>
      )}
    </>
  );
}
