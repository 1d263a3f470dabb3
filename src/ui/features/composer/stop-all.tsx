import { Square } from 'lucide-react';
import { useAccess, useActions } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { liveIn, parentOf } from '../../../tree/index.ts';
import { perform, useIsRunning } from '../../actions/action.ts';
import { stopAll } from '../../actions/page/page-actions.ts';
import { Button } from '../../components/index.ts';
import { currentPage } from '../../stores/page.ts';
import { useSideBySide } from '../../stores/side-by-side.ts';
import * as strings from './strings-later.ts';

export interface StopAllProps {
  readonly view: ConversationView;
}

/** Where several replies of a conversation are being written, on whatever branches: how many, and the way to stop them together. */
export function StopAll({ view }: StopAllProps) {
  const client = useActions();
  const { readOnly } = useAccess();
  const running = useIsRunning(stopAll, view.id);
  const last = view.path[view.path.length - 1]?.key;
  // There they stand together, with a button of their own.
  const together = useSideBySide((last && parentOf(view.tree, last)) ?? null);
  const count = liveIn(view.tree).length;
  if (count < 2 || together) return null;
  return (
    <p className="mb-1.5 flex items-center justify-end gap-2 text-muted text-sm">
      {strings.areWritten(count)}
      <Button
        icon={<Square size={12} fill="currentColor" />}
        disabled={running}
        onClick={() => perform(stopAll, { page: currentPage(), client, readOnly }, view.id)}
      >
        {strings.stopAll}
      </Button>
    </p>
  );
}
