import { ChevronRight, GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { excerpt } from '../../../../protocol/reading/first-line.ts';
import { Button, cx, Menu, MenuItem } from '../../../components/index.ts';
import { useOfPage } from '../../../stores/page.ts';
import type { Row } from '../rows/rows.ts';
import * as strings from '../strings.ts';

interface ForksOnPathProps {
  readonly rows: readonly Row[];
  readonly onGo: (key: string) => void;
  /** Beside the forks. */
  readonly children?: ReactNode;
}

/** Forks of the breadcrumb; all of them are in the menu. */
const CRUMBS = 3;

/** The forks along the way that is shown, as the way back to each, those above the reader first. Nothing where the conversation went one way only. */
export function ForksOnPath({ rows, onGo, children }: ForksOnPathProps) {
  const forks = rows.filter(isFork);
  const reading = useOfPage((page) => page?.selected);
  if (forks.length === 0) return null;
  const read = rows.findIndex(({ key }) => key === reading);
  const above = read < 0 ? forks : rows.slice(0, read).filter(isFork);
  return (
    <div
      data-print="hide"
      className="@container mx-auto flex w-full max-w-prose items-center gap-1 px-4 pb-1"
    >
      <Crumbs forks={above} onGo={onGo} />
      <span className="flex-1" />
      {children}
      <Menu
        label={strings.forksOnPath}
        align="end"
        trigger={(props) => (
          <Button
            {...props}
            look="ghost"
            aria-label={strings.forksOnPath}
            tip={strings.forksTip(forks.length)}
            icon={<GitBranch aria-hidden size={15} />}
            className="shrink-0 px-2! tabular-nums"
          >
            <span className="rounded-full bg-hover px-1.5 text-xs leading-5">{forks.length}</span>
          </Button>
        )}
      >
        <div className="max-h-[60dvh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto">
          {forks.map((row) => (
            <MenuItem key={row.key} onSelect={() => onGo(row.key)}>
              <span className="min-w-0 flex-1 truncate">
                <span className="text-muted">{row.role === 'user' ? strings.you : strings.assistant}</span>{' '}
                {forkWords(row)}
              </span>
              <span className="shrink-0 text-muted tabular-nums">{countOf(row)}</span>
            </MenuItem>
          ))}
        </div>
      </Menu>
    </div>
  );
}

/** Those above the message that is read, the last of them in a line, the nearest at its end; where it is narrow the nearest only. */
function Crumbs({ forks, onGo }: { readonly forks: readonly Row[]; readonly onGo: (key: string) => void }) {
  const last = forks.slice(-CRUMBS);
  return (
    <nav aria-label={strings.forksAbove} className="flex min-w-0 items-center text-muted text-sm">
      {forks.length > 1 && (
        <span aria-hidden className={cx('shrink-0 px-1', forks.length <= last.length && '@lg:hidden')}>
          …
        </span>
      )}
      {last.map((row, index) => (
        <span
          key={row.key}
          className={cx('flex min-w-0 items-center', index < last.length - 1 && '@max-lg:hidden')}
        >
          {index > 0 && <ChevronRight size={14} aria-hidden className="shrink-0 @max-lg:hidden" />}
          <button
            type="button"
            data-tip={strings.upToTip}
            aria-label={strings.upTo(forkWords(row), placeOf(row), row.versions.length)}
            onClick={() => onGo(row.key)}
            className="flex min-h-8 min-w-0 items-center gap-1.5 rounded-lg px-1.5 hover:bg-hover hover:text-ink"
          >
            <span className="min-w-0 max-w-44 truncate">{forkWords(row)}</span>
            <span className="shrink-0 text-xs tabular-nums">{countOf(row)}</span>
          </button>
        </span>
      ))}
    </nav>
  );
}

const isFork = ({ versions }: Row): boolean => versions.length > 1;

const placeOf = ({ versions, key }: Row): number => versions.indexOf(key) + 1;

const countOf = (row: Row): string => `${placeOf(row)} / ${row.versions.length}`;

function forkWords({ entry }: Row): string {
  if (entry.kind === 'message') return excerpt(entry.header.preview);
  if (entry.kind === 'pending') return excerpt(entry.pending.text);
  return entry.kind === 'reply' ? strings.beingWritten : strings.endedWithoutWord;
}
