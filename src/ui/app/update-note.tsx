import { RefreshCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useConnection } from '../../client/hooks/index.ts';
import { announce } from '../stores/announce.ts';
import { checkForUpdate, useUpdated } from '../stores/update.ts';
import * as strings from './strings.ts';

/** Says that Bough was updated under this tab. Drafts, edits and what is unsent outlive the reload. */
export function UpdateNote() {
  const updated = useUpdated();
  useAskedAfterLoss();
  useEffect(() => {
    if (updated) announce(strings.updated);
  }, [updated]);
  if (!updated) return null;
  return (
    <div
      data-print="hide"
      className="rising flex flex-wrap items-center justify-center gap-x-3 bg-leaf-soft px-4 py-1.5 text-leaf text-sm"
    >
      <RefreshCw aria-hidden size={16} className="shrink-0" />
      <span>{strings.updated}</span>
      <button
        type="button"
        onClick={() => location.reload()}
        className="min-h-8 px-2 font-medium underline underline-offset-4"
      >
        {strings.reload}
      </button>
    </div>
  );
}

/** A server that was away may have come back as another. */
function useAskedAfterLoss(): void {
  const { kind } = useConnection();
  const wasAway = useRef(false);
  useEffect(() => {
    if (kind === 'offline') wasAway.current = true;
    if (kind !== 'live' || !wasAway.current) return;
    wasAway.current = false;
    void checkForUpdate();
  }, [kind]);
}
