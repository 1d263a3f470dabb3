import { dirOf } from '../../../components/direction.ts';
import { cx, Menu, MenuItem } from '../../../components/index.ts';
import type { ReplyChip } from '../scene/diagram-model.ts';
import { CHIP } from '../scene/geometry.ts';
import * as strings from '../strings.ts';
import { CardLine } from './card-line.tsx';
import { useExplorer } from './explorer-context.ts';

/** In the place of the chips that find none: "+7", which opens a list of every reply of the turn. */
export function AllReplies({ chips }: { readonly chips: readonly ReplyChip[] }) {
  const rest = chips.slice(CHIP.most);
  const live = rest.filter(({ live }) => live).length;
  const name = strings.allReplies(chips.length, live);
  return (
    <Menu
      label={name}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          tabIndex={-1}
          aria-label={name}
          data-tip={name}
          className={cx('nopan h-6 min-w-6 rounded-md border px-1 text-xs tabular-nums', lookOf(rest))}
        >
          +{rest.length}
        </button>
      )}
    >
      <div className="nopan nowheel max-h-[60dvh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto">
        {chips.map((chip, index) => (
          <ReplyItem key={chip.id} chip={chip} n={index + 1} />
        ))}
      </div>
    </Menu>
  );
}

function lookOf(rest: readonly ReplyChip[]): string {
  if (rest.some(({ live }) => live)) return 'border-warn bg-warn-soft text-warn';
  if (rest.some(({ shown }) => shown)) return 'border-leaf bg-leaf-soft font-semibold text-ink';
  return 'border-transparent text-muted hover:bg-hover';
}

function ReplyItem({
  chip: { id, live, shown, continued },
  n,
}: {
  readonly chip: ReplyChip;
  readonly n: number;
}) {
  const { goTo, previewOf } = useExplorer();
  const note = live ? strings.beingWritten : continued && strings.hasReplies;
  return (
    <MenuItem checked={shown} onSelect={() => goTo(id)}>
      <span className="w-6 shrink-0 text-right text-muted tabular-nums">{n}</span>
      <span className="min-w-0 flex-1 truncate" dir={dirOf(previewOf(id))}>
        <CardLine preview={previewOf(id)} />
      </span>
      {note && <span className={cx('shrink-0 text-xs', live ? 'text-warn' : 'text-muted')}>{note}</span>}
    </MenuItem>
  );
}
