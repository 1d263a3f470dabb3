import { GitBranch } from 'lucide-react';
import { Button, Menu, MenuItem } from '../../components/index.ts';
import { excerpt } from '../../stores/target.ts';
import type { Row } from './rows.ts';

interface ForksOnPathProps {
  readonly rows: readonly Row[];
  readonly onGo: (key: string) => void;
}

/** The forks along the way that is shown, as the way back to each. Nothing where the conversation went one way only. */
export function ForksOnPath({ rows, onGo }: ForksOnPathProps) {
  const forks = rows.filter(({ versions }) => versions.length > 1);
  if (forks.length === 0) return null;
  return (
    <div data-print="hide" className="mx-auto flex w-full max-w-prose justify-end px-4 pb-1">
      <Menu
        label="Forks on this path"
        align="end"
        trigger={(props) => (
          <Button
            {...props}
            look="ghost"
            aria-label="Forks on this path"
            icon={<GitBranch aria-hidden size={15} />}
            className="px-2! tabular-nums"
          >
            Forks on this path
            <span className="rounded-full bg-hover px-1.5 text-xs leading-5">{forks.length}</span>
          </Button>
        )}
      >
        <div className="max-h-[60dvh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto">
          {forks.map((row) => (
            <MenuItem key={row.key} onSelect={() => onGo(row.key)}>
              <span className="min-w-0 flex-1 truncate">
                <span className="text-muted">{row.role === 'user' ? 'You' : 'Assistant'}</span> {wordsOf(row)}
              </span>
              <span className="shrink-0 text-muted tabular-nums">
                {row.versions.indexOf(row.key) + 1} / {row.versions.length}
              </span>
            </MenuItem>
          ))}
        </div>
      </Menu>
    </div>
  );
}

function wordsOf({ entry }: Row): string {
  if (entry.kind === 'message') return excerpt(entry.header.preview);
  if (entry.kind === 'pending') return excerpt(entry.pending.text);
  return entry.kind === 'reply' ? 'being written' : 'ended without a word';
}
