import { cx } from '../../../components/index.ts';
import type { ReplyChip } from '../scene/diagram-model.ts';
import { CHIP } from '../scene/geometry.ts';
import * as strings from '../strings.ts';
import { AllReplies } from './all-replies.tsx';
import { useExplorer } from './explorer-context.ts';

/** A chip per reply; what goes on from a reply leaves from its chip. Those that find no place are in a list. */
export function ReplyChips({ chips }: { readonly chips: readonly ReplyChip[] }) {
  const { goTo } = useExplorer();
  const visible = chips.slice(0, CHIP.most);
  return (
    <div className="flex items-center" style={{ gap: CHIP.gap }}>
      {visible.map((chip, index) => (
        <button
          key={chip.id}
          type="button"
          tabIndex={-1}
          style={{ width: CHIP.width }}
          aria-label={strings.replyOf(index + 1, chips.length, chip.live)}
          data-tip={strings.replyOf(index + 1, chips.length, chip.live)}
          className={cx(
            'nopan h-6 rounded-md border text-xs tabular-nums',
            look(chip),
            chip.shown && 'font-semibold',
          )}
          onClick={() => goTo(chip.id)}
        >
          {index + 1}
        </button>
      ))}
      {chips.length > visible.length && <AllReplies chips={chips} />}
    </div>
  );
}

function look({ live, shown }: ReplyChip): string {
  if (live) return 'border-warn bg-warn-soft text-warn';
  return shown ? 'border-leaf bg-leaf-soft text-ink' : 'border-line text-muted hover:bg-hover';
}
