import { structuredPatch } from 'diff';
import { Columns2, FilePen, FilePlus } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { create } from 'zustand';
import { cx, IconButton, NARROW, useMedia } from '../../../components/index.ts';
import { load, save } from '../../../stores/browser/browser-storage.ts';
import type { PartProps } from './part-props.ts';
import * as strings from './strings-diff.ts';

/** Lines shown before somebody asks for all. */
const FIRST = 40;
/** More characters are not compared: it would take longer than anybody waits. */
const COMPARED = 300_000;

export interface ChangedLine {
  readonly sign: '+' | '-' | ' ' | '@';
  readonly text: string;
  /** Where it stands, before and after. */
  readonly at: number | undefined;
  /** Where an unchanged line stood before. */
  readonly was?: number;
}

const KEY = 'changes-beside';
/** One look for all changes, kept in this browser. */
const useLook = create<{ readonly beside: boolean }>()(() => ({ beside: load(KEY) === true }));

function showBeside(beside: boolean): void {
  useLook.setState({ beside });
  save(KEY, beside || undefined);
}

/** What an agent changed in a file: lines that went and that came, with some around them. */
export function DiffPart({ part: { path, before, after } }: PartProps<'diff'>) {
  const [all, setAll] = useState(false);
  const id = useId();
  const lines = useMemo(() => linesOf(before, after), [before, after]);
  const narrow = useMedia(NARROW);
  const beside = useLook(({ beside }) => beside) && before !== null && !narrow;
  const rows = useMemo(() => (beside ? pairs(lines) : lines.map((line) => [line] as const)), [beside, lines]);
  const shown = all ? rows : rows.slice(0, FIRST);
  const added = lines.filter(({ sign }) => sign === '+').length;
  const gone = lines.filter(({ sign }) => sign === '-').length;
  const Icon = before === null ? FilePlus : FilePen;
  return (
    <fieldset
      aria-label={strings.changesTo(path)}
      className="min-w-0 overflow-hidden rounded-xl border border-line text-sm"
    >
      <p className="flex items-center gap-2 border-line border-b bg-sunken px-3 py-1.5">
        <Icon aria-hidden size={15} className="shrink-0 text-muted" />
        <bdi className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{path}</bdi>
        <span className="shrink-0 text-muted text-xs tabular-nums">
          {before === null && `${strings.newFile} `}
          <span className="text-leaf">+{added}</span> <span className="text-danger">−{gone}</span>
        </span>
        {before !== null && !narrow && (
          <IconButton
            size="sm"
            label={strings.sideBySide}
            aria-pressed={beside}
            icon={<Columns2 size={15} className={cx(beside && 'text-leaf')} />}
            onClick={() => showBeside(!beside)}
          />
        )}
      </p>
      <section
        id={id}
        aria-label={strings.linesOf(path)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className={cx('overflow-auto', all && 'max-h-[70dvh]')}
      >
        <table className="w-full border-collapse font-mono text-xs" dir="ltr">
          <tbody>
            {shown.map((row, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they stay as they were said
              <tr key={n} className={row.length === 1 ? LOOKS[row[0].sign] : undefined}>
                {row.map((line, side) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: before and after
                  <Line key={side} line={line} wide={row.length > 1} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          aria-controls={id}
          onClick={() => setAll(!all)}
          className="min-h-8 w-full border-line border-t px-3 text-left font-medium text-leaf text-xs hover:bg-hover"
        >
          {all ? strings.showLess : strings.showAllLines(rows.length)}
        </button>
      )}
    </fieldset>
  );
}

const LOOKS = {
  '+': 'bg-leaf-soft',
  '-': 'bg-danger-soft',
  ' ': '',
  '@': 'bg-sunken text-muted',
} as const;
const SAID = { '+': 'added', '-': 'gone', ' ': '', '@': '' } as const;

/** `wide`: beside its other side. */
function Line({ line, wide }: { readonly line: ChangedLine | null; readonly wide: boolean }) {
  if (!line) return <td colSpan={3} className="w-1/2 bg-sunken" />;
  const { sign, text, at } = line;
  const look = wide ? LOOKS[sign] : '';
  return (
    <>
      <td
        aria-hidden
        className={cx('w-10 select-none px-2 text-right align-top text-muted tabular-nums', look)}
      >
        {at}
      </td>
      <td aria-hidden className={cx('w-4 select-none pr-1.5 align-top text-muted', look)}>
        {sign === '@' ? '' : sign}
      </td>
      <td className={cx('whitespace-pre-wrap pr-3 align-top wrap-anywhere', wide && 'w-1/2', look)}>
        {SAID[sign] !== '' && <span className="sr-only">{SAID[sign]}: </span>}
        {text}
      </td>
    </>
  );
}

/** What went beside what came in its place. */
export function pairs(
  lines: readonly ChangedLine[],
): readonly (readonly [ChangedLine | null, ChangedLine | null])[] {
  const rows: [ChangedLine | null, ChangedLine | null][] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as ChangedLine;
    if (line.sign === ' ' || line.sign === '@') {
      rows.push([{ ...line, at: line.was ?? line.at }, line]);
      at += 1;
      continue;
    }
    const gone = runOf(lines, at, '-');
    const came = runOf(lines, at + gone.length, '+');
    for (let n = 0; n < Math.max(gone.length, came.length); n += 1)
      rows.push([gone[n] ?? null, came[n] ?? null]);
    at += gone.length + came.length;
  }
  return rows;
}

function runOf(
  lines: readonly ChangedLine[],
  from: number,
  sign: ChangedLine['sign'],
): readonly ChangedLine[] {
  let to = from;
  while (lines[to]?.sign === sign) to += 1;
  return lines.slice(from, to);
}

export function linesOf(before: string | null, after: string): readonly ChangedLine[] {
  const large = (before?.length ?? 0) + after.length > COMPARED;
  if (before === null || large) {
    // The sign at the end of a file ends its last line and begins none.
    const lines = after.replace(/\n$/, '').split('\n');
    return after === '' ? [] : lines.map((text, n) => ({ sign: '+', text, at: n + 1 }));
  }
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.flatMap((hunk, n) => {
    let [old, now] = [hunk.oldStart, hunk.newStart];
    const rows = hunk.lines.flatMap((line): ChangedLine[] => {
      const [sign, text] = [line[0], line.slice(1)];
      if (sign === '-') return [{ sign, text, at: old++ }];
      if (sign !== '+' && sign !== ' ') return [];
      if (sign === '+') return [{ sign, text, at: now++ }];
      return [{ sign, text, at: now++, was: old++ }];
    });
    return n === 0 ? rows : [{ sign: '@', text: '⋯', at: undefined } as const, ...rows];
  });
}
