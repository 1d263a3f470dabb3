import { ChevronDown, ChevronUp, List, ListFilter, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { FIND_LIMIT } from '../../../protocol/find.ts';
import { IconButton, isComposing, Spinner } from '../../components/index.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { showFind } from '../../stores/tools.ts';
import './find.css';
import { FindFilters } from './find-filters.tsx';
import { HitList } from './hit-list.tsx';
import { countText } from './steps.ts';
import * as strings from './strings.ts';
import { useFind } from './use-find.ts';

/** Find in the whole conversation: every branch, also what is folded, pruned or not loaded. Stays open while one reads. */
export function FindBar({ page }: { readonly page: OpenPage }) {
  const find = useFind(page);
  const { found, current, isAsked, step } = find;
  const [filtering, setFiltering] = useState(false);
  const path = useMemo(() => new Set(find.here), [find.here]);
  const field = useField(current !== undefined && path.has(current) ? current : undefined);
  const count = isAsked ? (found.finding ? '' : countText(found.ids, current)) : '';

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') field.leave();
    else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && event.target === field.ref.current) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useF3(step);
  return (
    <search
      aria-label={strings.find}
      data-print="hide"
      onKeyDown={onKeyDown}
      className="rising fixed top-14 right-2 z-20 w-[min(26rem,calc(100vw-1rem))] rounded-2xl border border-line bg-surface text-ink shadow-raised sm:right-4"
    >
      <div className="flex items-center gap-0.5 p-1.5">
        <Search size={16} aria-hidden className="ml-2 shrink-0 text-muted" />
        <input
          ref={field.ref}
          data-find
          type="text"
          aria-label={strings.find}
          placeholder={strings.placeholder}
          value={find.words}
          maxLength={FIND_LIMIT}
          autoComplete="off"
          spellCheck={false}
          onFocus={() => find.list(true)}
          onChange={(event) => {
            find.list(true);
            find.setWords(event.target.value);
          }}
          className="min-h-9 min-w-0 flex-1 bg-transparent px-2 outline-none placeholder:text-muted"
        />
        <span className="shrink-0 px-1 text-muted text-sm tabular-nums">
          {found.finding && isAsked ? <Spinner label={strings.finding} /> : count}
        </span>
        <IconButton
          size="sm"
          label={strings.previous}
          tip={strings.previousKey}
          icon={<ChevronUp size={17} />}
          onClick={() => step(-1)}
        />
        <IconButton
          size="sm"
          label={strings.next}
          tip={strings.nextKey}
          icon={<ChevronDown size={17} />}
          onClick={() => step(1)}
        />
        <IconButton
          size="sm"
          label={strings.list}
          aria-expanded={find.listed}
          icon={<List size={16} />}
          onClick={() => find.list(!find.listed)}
        />
        <IconButton
          size="sm"
          label={strings.filters}
          aria-expanded={filtering}
          icon={<ListFilter size={16} />}
          onClick={() => setFiltering((was) => !was)}
        />
        <IconButton
          size="sm"
          label={strings.close}
          tip={strings.closeKey}
          icon={<X size={17} />}
          onClick={field.leave}
        />
      </div>
      {filtering && (
        <FindFilters
          filters={find.filters}
          tree={page.view.tree.whole ?? page.view.tree}
          onChange={find.setFilters}
        />
      )}
      {found.error && (
        <p role="alert" className="border-line border-t px-4 py-2 text-danger text-sm">
          {found.error}
        </p>
      )}
      {isAsked && find.listed && !found.error && (
        <HitList
          hits={found.hits}
          current={current}
          tree={page.view.tree.whole ?? page.view.tree}
          path={path}
          onGo={find.go}
          more={found.more}
        />
      )}
    </search>
  );
}

/** The field has the focus when find opens; leaving takes it to the message that was `found`, else gives it back to where it was. */
function useField(found: string | undefined) {
  const ref = useRef<HTMLInputElement>(null);
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    before.current = document.activeElement;
    ref.current?.focus();
  }, []);
  const leave = () => {
    showFind(false);
    if (found !== undefined) ask('message', found);
    else if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  return { ref, leave };
}

/** F3 goes on from anywhere while find is open. */
function useF3(step: (direction: 1 | -1) => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'F3' || event.defaultPrevented) return;
      event.preventDefault();
      latest.current(event.shiftKey ? -1 : 1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
