import { type KeyboardEvent, useMemo, useState } from 'react';
import { isComposing } from '../../components/index.ts';
import type { FindAt } from '../../stores/dialogs.ts';
import type { PageToFind } from '../../stores/page.ts';
import './find.css';
import { FindFilters } from './find-filters.tsx';
import { FindLine } from './find-line.tsx';
import { HitList } from './hit-list.tsx';
import * as strings from './strings.ts';
import { useFind } from './use-find.ts';
import { useFindFocus, useFindKeys } from './use-find-focus.ts';

/**
 * Find in the whole conversation: every branch, also what is folded, pruned or not loaded. Stays open while one reads, in a place of its
 * own above what it leads to: nothing of that is ever under it.
 */
export function FindBar({ page, at }: { readonly page: PageToFind; readonly at?: FindAt | undefined }) {
  const find = useFind(page, at, (message) => leave(message));
  const { found, current, isAsked, step } = find;
  const [filtering, setFiltering] = useState(false);
  const tree = page.view.tree.whole ?? page.view.tree;
  const path = useMemo(() => new Set(find.here), [find.here]);
  const focus = useFindFocus(current === undefined ? undefined : find.read, at === undefined);
  const leave = (message: string | undefined) => focus.leave(message);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') focus.leave();
    else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && event.target === focus.field.current) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useFindKeys({ step, leave: () => focus.leave() });
  return (
    <search
      ref={focus.bar}
      aria-label={strings.find}
      data-print="hide"
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      className="@container shrink-0 border-line border-y bg-surface text-ink"
    >
      <FindLine
        {...{ find, filtering }}
        field={focus.field}
        onFiltering={() => setFiltering((was) => !was)}
        onClose={() => focus.leave()}
      />
      {filtering && <FindFilters filters={find.filters} tree={tree} onChange={find.setFilters} />}
      {found.error && (
        <p role="alert" className="border-line border-t px-4 py-2 text-danger text-sm">
          {found.error}
        </p>
      )}
      {isAsked && find.listed && !found.error && (
        <HitList
          hits={found.hits}
          current={current}
          tree={tree}
          path={path}
          onGo={find.go}
          more={found.more}
        />
      )}
    </search>
  );
}
