/** A JSON value with a name: rows of a table, or whatever a tool or an agent wants to show as data. */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({ kind: z.literal('data'), name: z.string(), value: z.unknown() });
type DataPart = z.infer<typeof schema>;

export const data: PartKind<DataPart> = {
  kind: 'data',
  schema,
  says: () => true,
  preview: ({ name }) => name,
  plain: ({ name, value }) => `${name}\n${textOfData(value)}`,
  forModel: ({ name, value }) => `[Data “${name}”: ${jsonOf(value)}]`,
  tokens: ({ name, value }) => tokensOf(name + jsonOf(value)),
};

/** The value as a table of texts. */
export interface DataTable {
  readonly columns: readonly string[];
  /** As many cells as there are columns; empty where a row says nothing. */
  readonly rows: readonly (readonly string[])[];
}

/** More are not read as a table: nobody could read it across. */
const MOST_COLUMNS = 30;

/** A list of objects as a table, in the order in which they name their fields; null for any other value. */
export function tableOf(value: unknown): DataTable | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRow)) return null;
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > MOST_COLUMNS) return null;
  const rows = value.map((row) =>
    columns.map((column) => cellOf(Object.hasOwn(row, column) ? row[column] : '')),
  );
  return { columns, rows };
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? jsonOf(value) : String(value);
}

/** What a spreadsheet takes where it is a table, else JSON. */
function textOfData(value: unknown): string {
  const table = tableOf(value);
  if (!table) return JSON.stringify(value, null, 2) ?? '';
  return [table.columns, ...table.rows].map((cells) => cells.map(oneLine).join('\t')).join('\n');
}

const oneLine = (cell: string): string => cell.replace(/\s+/g, ' ');

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? '';
