import { structuredPatch } from 'diff';
import { FilePen, FilePlus } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { cx } from '../../../components/index.ts';
import type { PartProps } from './part-props.ts';

/** Lines shown before somebody asks for all. */
const FIRST = 40;
/** More characters are not compared: it would take longer than anybody waits. */
const COMPARED = 300_000;

interface ChangedLine {
  readonly sign: '+' | '-' | ' ' | '@';
  readonly text: string;
  /** Where it stands, before and after. */
  readonly at: number | undefined;
}

/** What an agent changed in a file: lines that went and that came, with some around them. */
export function DiffPart({ part: { path, before, after } }: PartProps<'diff'>) {
  const [all, setAll] = useState(false);
  const id = useId();
  const lines = useMemo(() => linesOf(before, after), [before, after]);
  const shown = all ? lines : lines.slice(0, FIRST);
  const added = lines.filter(({ sign }) => sign === '+').length;
  const gone = lines.filter(({ sign }) => sign === '-').length;
  const Icon = before === null ? FilePlus : FilePen;
  return (
    <fieldset
      aria-label={`Changes to ${path}`}
      className="min-w-0 overflow-hidden rounded-xl border border-line text-sm"
    >
      <p className="flex items-center gap-2 border-line border-b bg-sunken px-3 py-1.5">
        <Icon aria-hidden size={15} className="shrink-0 text-muted" />
        <bdi className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{path}</bdi>
        <span className="shrink-0 text-muted text-xs tabular-nums">
          {before === null && 'new · '}
          <span className="text-leaf">+{added}</span> <span className="text-danger">−{gone}</span>
        </span>
      </p>
      <section
        id={id}
        aria-label={`Lines of ${path}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className={cx('overflow-auto', all && 'max-h-[70dvh]')}
      >
        <table className="w-full border-collapse font-mono text-xs" dir="ltr">
          <tbody>
            {shown.map((line, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they stay as they were said
              <Row key={n} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {(shown.length < lines.length || all) && lines.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          aria-controls={id}
          onClick={() => setAll(!all)}
          className="min-h-8 w-full border-line border-t px-3 text-left font-medium text-leaf text-xs hover:bg-hover"
        >
          {all ? 'Show less' : `Show all ${lines.length.toLocaleString('en')} lines`}
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

function Row({ line: { sign, text, at } }: { readonly line: ChangedLine }) {
  return (
    <tr className={LOOKS[sign]}>
      <td aria-hidden className="w-10 select-none px-2 text-right align-top text-muted tabular-nums">
        {at}
      </td>
      <td aria-hidden className="w-4 select-none align-top text-muted">
        {sign === '@' ? '' : sign}
      </td>
      <td className="whitespace-pre-wrap pr-3 wrap-anywhere">
        {SAID[sign] !== '' && <span className="sr-only">{SAID[sign]}: </span>}
        {text}
      </td>
    </tr>
  );
}

function linesOf(before: string | null, after: string): readonly ChangedLine[] {
  const large = (before?.length ?? 0) + after.length > COMPARED;
  if (before === null || large) return after.split('\n').map((text, n) => ({ sign: '+', text, at: n + 1 }));
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.flatMap((hunk, n) => {
    let [old, now] = [hunk.oldStart, hunk.newStart];
    const rows = hunk.lines.flatMap((line): ChangedLine[] => {
      const [sign, text] = [line[0], line.slice(1)];
      if (sign === '-') return [{ sign, text, at: old++ }];
      if (sign !== '+' && sign !== ' ') return [];
      if (sign === ' ') old += 1;
      return [{ sign, text, at: now++ }];
    });
    return n === 0 ? rows : [{ sign: '@', text: '⋯', at: undefined } as const, ...rows];
  });
}
