import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { usePrinting } from '../../../stores/printing.ts';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import '../previews.css';
import * as strings from '../strings.ts';
import { rowsOf, sorted, type TableOrder } from './csv.ts';

/** Rows that come at once, and columns there can be: what a browser lays out without a pause. */
const STEP = 200;
const COLUMNS = 60;

/** Comma-separated values as a table whose columns can be sorted. */
export function TableView({ code, language, source }: PreviewProps) {
  const { head, rows } = useMemo(() => tableIn(code, language), [code, language]);
  const [order, setOrder] = useState<TableOrder>();
  const [asked, setAsked] = useState(STEP);
  const printing = usePrinting(({ stage }) => stage !== 'off');
  const inOrder = useMemo(() => (order ? sorted(rows, order) : rows), [rows, order]);
  const width = Math.max(head.length, ...rows.slice(0, STEP).map(({ length }) => length));
  if (rows.length === 0 || width < 2) return <NotShown why={strings.oneColumn} source={source} />;
  const columns = Array.from({ length: Math.min(width, COLUMNS) }, (_, n) => n);
  const shown = printing ? rows.length : Math.min(asked, rows.length);
  return (
    <>
      <figure
        className="md-table preview-table"
        aria-label={strings.tableOf(rows.length, width)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              {columns.map((n) => (
                <ColumnHead key={n} name={nameOf(head, n)} column={n} order={order} onOrder={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder.slice(0, shown).map((row, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and keep no state
              <tr key={n}>
                {columns.map((column) => (
                  <td key={column} dir="auto">
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </figure>
      <p className="preview-note">
        {width > COLUMNS ? strings.columnsCut(COLUMNS, width) : strings.tableOf(rows.length, width)}
      </p>
      {shown < rows.length && (
        <button type="button" className="md-code-more" onClick={() => setAsked(asked + 5 * STEP)}>
          {strings.showMoreRows(Math.min(5 * STEP, rows.length - shown), rows.length - shown)}
        </button>
      )}
    </>
  );
}

function tableIn(code: string, language: string) {
  const [head = [], ...rows] = rowsOf(code, language.toLowerCase() === 'tsv' ? '\t' : undefined);
  return { head, rows };
}

const nameOf = (head: readonly string[], n: number): string => head[n]?.trim() || strings.column(n + 1);

interface ColumnHeadProps {
  readonly name: string;
  readonly column: number;
  readonly order: TableOrder | undefined;
  readonly onOrder: (order: TableOrder | undefined) => void;
}

/** Up, down, and as it was written, in turn. */
function ColumnHead({ name, column, order, onOrder }: ColumnHeadProps) {
  const mine = order?.column === column ? order : undefined;
  const next = !mine
    ? { column, descending: false }
    : mine.descending
      ? undefined
      : { column, descending: true };
  const Icon = !mine ? ArrowUpDown : mine.descending ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={!mine ? 'none' : mine.descending ? 'descending' : 'ascending'}>
      <button type="button" onClick={() => onOrder(next)} title={strings.sortBy(name)}>
        <bdi>{name}</bdi> <Icon aria-hidden size={13} data-off={!mine || undefined} />
      </button>
    </th>
  );
}
