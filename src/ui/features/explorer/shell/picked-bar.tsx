import { X } from 'lucide-react';
import { perform, possibleFor } from '../../../actions/action.ts';
import { shownActions } from '../../../actions/message-actions.ts';
import { type MessageAction, onMessages } from '../../../actions/on-message.ts';
import { Button, IconButton } from '../../../components/index.ts';
import { type OpenPage, usePage } from '../../../stores/page.ts';
import { clearPicked, usePicked } from '../../../stores/picked.ts';
import { openMenuAt } from '../../../stores/tools.ts';
import * as strings from '../strings.ts';

/** What was selected in the tree, and what can be done with all of it. */
export function PickedBar({ conversation }: { readonly conversation: string }) {
  const picked = usePicked(conversation);
  const page = usePage();
  if (picked.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={strings.selected}
      className="rising absolute inset-x-2 bottom-3 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-1 rounded-xl border border-line bg-surface p-1 pl-3 text-sm shadow-raised"
    >
      <span className="pr-1">{strings.selectedCount(picked.length)}</span>
      {page && <Acts page={page} picked={picked} />}
      {picked.length === 1 && (
        <Button look="text" aria-haspopup="menu" onClick={(event) => openMenuAt(event.currentTarget, picked)}>
          {strings.more}
        </Button>
      )}
      <IconButton size="sm" label={strings.clearSelection} icon={<X size={15} />} onClick={clearPicked} />
    </div>
  );
}

function Acts({ page, picked }: { readonly page: OpenPage; readonly picked: readonly string[] }) {
  const on = onMessages(page, picked);
  const act = (action: MessageAction) => {
    void perform(action, on, picked.join());
    if (possibleFor(action, on) === true && action.id !== 'label') clearPicked();
  };
  return shownActions('selected', on).map((action) => {
    const possible = possibleFor(action, on);
    const why = typeof possible === 'string' ? possible : undefined;
    return (
      <Button
        key={action.id}
        look="text"
        aria-disabled={why !== undefined || undefined}
        aria-description={why}
        tip={why}
        className="aria-disabled:opacity-60"
        onClick={() => act(action)}
      >
        {action.short ?? action.name}
      </Button>
    );
  });
}
