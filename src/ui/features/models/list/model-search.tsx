import type { KeyboardEvent } from 'react';
import * as strings from '../strings-later.ts';

interface ModelSearchProps {
  /** Absent: there is nothing to search. */
  readonly filter?: string;
  readonly onFilter?: (filter: string) => void;
  readonly autoFocus?: boolean;
  readonly all: boolean;
  /** How many models are not shown. */
  readonly hidden: number;
  readonly onAll: (all: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function ModelSearch(props: ModelSearchProps) {
  const { filter, onFilter, autoFocus, all, hidden, onAll, onKeyDown } = props;
  return (
    <div className="flex items-center gap-3 border-line border-b px-3 py-2">
      {filter !== undefined && (
        <input
          type="search"
          aria-label={strings.filter}
          placeholder={strings.filter}
          data-autofocus={autoFocus || undefined}
          value={filter}
          onChange={(event) => onFilter?.(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-9 min-w-0 flex-1 rounded-lg border border-line-strong bg-paper px-3 text-sm"
        />
      )}
      {(hidden > 0 || all) && (
        <label
          className="flex min-h-8 shrink-0 cursor-pointer items-center gap-2 text-sm"
          data-tip={strings.allMeans}
        >
          <input
            type="checkbox"
            checked={all}
            onChange={({ target }) => onAll(target.checked)}
            className="size-4 accent-leaf"
          />
          {strings.all}
          {hidden > 0 && <span className="text-muted text-xs">{strings.hidden(hidden)}</span>}
        </label>
      )}
    </div>
  );
}
