import { GitBranch } from 'lucide-react';
import { goingBack } from '../../actions/message/agent-session-words.ts';
import { Button } from '../../components/index.ts';
import { useOfPage } from '../../stores/page.ts';
import { targetOf } from '../../stores/writing/target.ts';
import * as strings from './strings-later.ts';

export interface TargetBarProps {
  /** The first words of the message the new branch follows. */
  readonly words: string;
  readonly onCancel: () => void;
}

/** Where the next message will go, when that is not the end of what is shown. */
export function TargetBar({ words, onCancel }: TargetBarProps) {
  const more = useOfPage((page) => {
    const target = page && targetOf(page.view.id);
    return target ? goingBack(page, target.message, page.model).slice(2) : '';
  });
  return (
    <div className="rising mb-2 flex items-center gap-2.5 rounded-xl bg-leaf-soft py-1 pr-1.5 pl-4 text-leaf text-sm">
      <GitBranch aria-hidden size={15} className="shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{strings.newBranchAfter(words)}</span>
        {more !== '' && <span className="block pb-1 text-muted text-xs wrap-anywhere">{more}</span>}
      </span>
      <Button look="text" tip={strings.cancelMeans} onClick={onCancel}>
        {strings.cancel}
      </Button>
    </div>
  );
}
