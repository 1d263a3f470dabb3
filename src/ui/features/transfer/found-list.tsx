import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { ImportPreview } from '../../../protocol/requests/transfer.ts';
import { dayText } from '../../components/date-text.ts';
import { totalOf } from './import-state.ts';
import * as strings from './strings.ts';

interface FoundListProps {
  readonly found: readonly ImportPreview[];
  readonly wanted: ReadonlySet<string>;
  readonly want: (ids: readonly string[], on: boolean) => void;
}

/** In px: a title, its facts; more where these break into lines. */
const ROW = 56;

/** What is in an export, to be chosen: as many rows as are in sight, of however many. */
export function FoundList({ found, wanted, want }: FoundListProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const sought = words.trim().toLowerCase();
    return sought === '' ? found : found.filter(({ title }) => title.toLowerCase().includes(sought));
  }, [found, words]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const chosen = ids.filter((id) => wanted.has(id)).length;
  const list = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    estimateSize: () => ROW,
    getScrollElement: () => list.current,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 8,
  });
  const total = useMemo(() => totalOf(found), [found]);
  return (
    <>
      <p className="text-muted text-sm">{strings.total(total)}</p>
      <div className="flex flex-wrap items-center gap-3">
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={chosen === ids.length && ids.length > 0}
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < ids.length;
            }}
            onChange={(event) => want(ids, event.target.checked)}
            className="size-4 accent-leaf"
          />
          {`${strings.selectAll} (${chosen} / ${ids.length})`}
        </label>
        <input
          type="search"
          aria-label={strings.filter}
          placeholder={strings.filter}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="h-9 min-w-0 flex-1 rounded-lg border border-line-strong bg-surface px-3 text-sm"
        />
      </div>
      <section
        ref={list}
        aria-label={strings.found}
        className="h-[45dvh] min-h-56 shrink-0 overflow-y-auto rounded-xl border border-line"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const one = shown[index] as ImportPreview;
            return (
              <div
                key={one.id}
                ref={rows.measureElement}
                data-index={index}
                className="absolute inset-x-0 px-3"
                style={{ top: start }}
              >
                <FoundRow one={one} on={wanted.has(one.id)} onChange={(on) => want([one.id], on)} />
              </div>
            );
          })}
        </div>
      </section>
      {total.odd.length > 0 && (
        <details className="text-sm">
          <summary className="min-h-6 cursor-pointer">{strings.whatIsOdd}</summary>
          <ul className="max-h-32 list-disc overflow-y-auto pl-5 text-muted">
            {total.odd.map(([what, times]) => (
              <li key={what}>{strings.oddity(what, times)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface FoundRowProps {
  readonly one: ImportPreview;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function FoundRow({ one, on, onChange }: FoundRowProps) {
  const { title, source, messages, branches, files, active, standing, odd } = one;
  const odds = odd.map(({ what, times }) => strings.oddity(what, times));
  const facts = [
    source,
    dayText(active),
    strings.facts(messages, branches, files),
    ...(standing === 'here' ? [strings.here] : standing === 'deleted' ? [strings.deletedHere] : []),
    ...(odd.length > 0 ? [strings.oddities(odd.length)] : []),
  ];
  return (
    <label className="flex min-h-14 items-center gap-3 py-1.5">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-leaf"
      />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="line-clamp-3 wrap-anywhere text-sm">
          {title}
        </span>
        <span className="block text-muted text-xs" title={odds.join('\n') || undefined}>
          {facts.join(' · ')}
        </span>
      </span>
    </label>
  );
}
