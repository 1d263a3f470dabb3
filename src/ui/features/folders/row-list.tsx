import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { cx } from '../../components/index.ts';

const ROW = 34;

interface RowListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Of the row that is chosen. */
  readonly chosen: string;
  readonly onChoose: (row: Row) => void;
  /** Enter, Right, a press. Default: nothing. */
  readonly onOpen?: (row: Row) => void;
  /** Left, Backspace. Default: nothing. */
  readonly onLeave?: () => void;
  readonly draw: (row: Row) => ReactNode;
}

/** Rows of which one is chosen. There may be thousands: only those in sight are there. */
export function RowList<Row>({
  label,
  rows,
  keyOf,
  chosen,
  onChoose,
  onOpen,
  onLeave,
  draw,
}: RowListProps<Row>) {
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = rows.findIndex((row) => keyOf(row) === chosen);
  const virtual = useVirtualizer({
    ...{ count: rows.length, estimateSize: () => ROW, overscan: 8 },
    getScrollElement: () => scroll.current,
  });
  const moveTo = (to: number) => {
    const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (!next) return;
    onChoose(next);
    virtual.scrollToIndex(rows.indexOf(next));
  };
  const openAt = (index: number) => rows[index] !== undefined && onOpen?.(rows[index]);
  const deeds: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(at + 1),
    ArrowUp: () => moveTo(at - 1),
    Home: () => moveTo(0),
    End: () => moveTo(rows.length - 1),
    ...(onOpen && { Enter: () => openAt(at), ArrowRight: () => openAt(at) }),
    ...(onLeave && { ArrowLeft: onLeave, Backspace: onLeave }),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = Object.hasOwn(deeds, event.key) ? deeds[event.key] : undefined;
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  return (
    <div
      ref={scroll}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${id}-${at}`}
      onKeyDown={onKeyDown}
      className="max-h-48 min-h-0 overflow-y-auto md:max-h-none md:flex-1"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index] as Row;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
            <div
              key={keyOf(row)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              onClick={() => {
                onChoose(row);
                onOpen?.(row);
              }}
              className={cx(
                'absolute inset-x-0 flex cursor-pointer items-center gap-2 px-3 text-xs',
                index === at ? 'bg-hover' : 'hover:bg-hover',
              )}
              style={{ height: ROW, top: start }}
            >
              {draw(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
