import { Table } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type DataTable, tableOf } from '../../../../protocol/parts/data.ts';
import { cx } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import { Fold } from './fold.tsx';
import type { PartProps } from './part-props.ts';
import { readable } from './readable.ts';

/** Data with its name: a list of objects as a table, anything else as JSON under it. */
export function DataPart({ part }: PartProps<'data'>) {
  const { name, value } = part;
  const table = useMemo(() => tableOf(value), [value]);
  if (table) return <Rows name={name} table={table} />;
  return (
    <Fold part={part} icon={<Table aria-hidden size={15} className="shrink-0" />} title={name}>
      {() => (
        <pre className="max-h-80 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {readable(JSON.stringify(value) ?? '')}
        </pre>
      )}
    </Fold>
  );
}

/** Rows shown before somebody asks for all. */
const FIRST = 10;

function Rows({ name, table: { columns, rows } }: { readonly name: string; readonly table: DataTable }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <figure className="flex min-w-0 flex-col gap-1.5 text-sm">
      <figcaption className="font-medium">
        <bdi>{name}</bdi> <span className="font-normal text-muted">{strings.rows(rows.length)}</span>
      </figcaption>
      <section
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className={cx('overflow-auto rounded-lg border border-line', all && 'max-h-[70dvh]')}
      >
        <table className="w-full border-collapse text-left">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((cells, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows stay as they were said
              <tr key={n} className="border-line border-t">
                {cells.map((cell, at) => (
                  <td key={columns[at]} className="max-w-80 px-3 py-1.5 align-top wrap-break-word">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="-ml-1 min-h-7 self-start rounded-md px-1 font-medium text-leaf underline-offset-4 hover:underline"
        >
          {strings.showAllRows(rows.length)}
        </button>
      )}
    </figure>
  );
}
