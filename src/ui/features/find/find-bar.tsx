import { ChevronDown, ChevronUp, List, ListFilter, Search, X } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';
import { IconButton, isComposing, Spinner } from '../../components/index.ts';
import { type FindAt, showFind } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { PageToFind } from '../../stores/page.ts';
import './find.css';
import { FindFilters } from './find-filters.tsx';
import { HitList } from './hit-list.tsx';
import { countText } from './steps.ts';
import * as strings from './strings.ts';
import { useFind } from './use-find.ts';

/**
 * Find in the whole conversation: every branch, also what is folded, pruned or not loaded. Stays open while one reads, in a place of its
 * own above what it leads to: nothing of that is ever under it.
 */
export function FindBar({ page, at }: { readonly page: PageToFind; readonly at?: FindAt | undefined }) {
  const find = useFind(page, at, (message) => leave(message));
  const { found, current, isAsked, step } = find;
  const [filtering, setFiltering] = useState(false);
  const path = useMemo(() => new Set(find.here), [find.here]);
  const focus = useFindFocus(current === undefined ? undefined : find.read, at === undefined);
  const leave = (message: string | undefined) => focus.leave(message);
  const count = isAsked ? (found.finding ? '' : countText(found.ids, current)) : '';

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') focus.leave();
    else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && event.target === focus.field.current) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useKeysAnywhere({ step, leave: () => focus.leave() });
  return (
    <search
      ref={focus.bar}
      aria-label={strings.find}
      data-print="hide"
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      className="@container shrink-0 border-line border-y bg-surface text-ink"
    >
      <div className="flex items-center gap-0.5 px-1.5 py-1">
        <Search size={16} aria-hidden className="ml-2 shrink-0 text-muted" />
        <input
          ref={focus.field}
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
          onClick={() => focus.leave()}
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

/**
 * The field has the focus when find opens, unless it opens with what was found elsewhere (`isAsked` is false). Whoever leaves it stays where they have been since the last hit: at what took the focus, else
 * at the message that is `read` after a hit was gone to, else where they were before.
 */
function useFindFocus(read: string | undefined, isAsked: boolean) {
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const outside = useRef<Element>(null);
  // What was read when something outside had the focus last.
  const readThen = useRef<string>(undefined);
  useLayoutEffect(() => {
    outside.current = document.activeElement;
    if (isAsked) field.current?.focus();
  }, [isAsked]);
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Element) || bar.current?.contains(relatedTarget)) return;
    outside.current = relatedTarget;
    readThen.current = read;
  };
  /** @param before where Back led to, out of find */
  const leave = (before?: string) => {
    const { activeElement, body } = document;
    const isElsewhere =
      activeElement !== null && activeElement !== body && !bar.current?.contains(activeElement);
    showFind(false);
    if (isElsewhere) return;
    if (before !== undefined) ask('message', before);
    else if (read !== undefined && readThen.current !== read) ask('message', read);
    else if (outside.current instanceof HTMLElement && outside.current.isConnected) outside.current.focus();
  };
  return { bar, field, onFocus, leave };
}

interface AnywhereKeys {
  readonly step: (direction: 1 | -1) => void;
  readonly leave: () => void;
}

/** While find is open F3 goes on, and Esc closes it, wherever the focus is: but for what something nearer takes. */
function useKeysAnywhere(keys: AnywhereKeys): void {
  const onKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || isComposing(event) || document.querySelector('dialog[open]')) return;
    if (event.key === 'F3') keys.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') keys.leave();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
