import { ChevronDown, ChevronUp, List, ListFilter, Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';
import { IconButton, Spinner } from '../../components/index.ts';
import { countText } from './steps.ts';
import * as strings from './strings.ts';
import type { useFind } from './use-find.ts';

interface FindLineProps {
  readonly find: ReturnType<typeof useFind>;
  readonly field: RefObject<HTMLInputElement | null>;
  /** The filters are shown. */
  readonly filtering: boolean;
  readonly onFiltering: () => void;
  readonly onClose: () => void;
}

/** The words, how many hits they have, and the steps from one to the next. */
export function FindLine({ find, field, filtering, onFiltering, onClose }: FindLineProps) {
  const { found, current, isAsked } = find;
  const count = isAsked && !found.finding ? countText(found.ids, current) : '';
  return (
    <div className="flex items-center gap-0.5 px-1.5 py-1">
      <Search size={16} aria-hidden className="ml-2 shrink-0 text-muted" />
      <input
        ref={field}
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
        onClick={() => find.step(-1)}
      />
      <IconButton
        size="sm"
        label={strings.next}
        tip={strings.nextKey}
        icon={<ChevronDown size={17} />}
        onClick={() => find.step(1)}
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
        onClick={onFiltering}
      />
      <IconButton
        size="sm"
        label={strings.close}
        tip={strings.closeKey}
        icon={<X size={17} />}
        onClick={onClose}
      />
    </div>
  );
}
