import { X } from 'lucide-react';
import { perform, possibleFor } from '../../../actions/action.ts';
import { shownActions } from '../../../actions/message/message-actions.ts';
import { type MessageAction, onMessages } from '../../../actions/message/on-message.ts';
import { Button, IconButton } from '../../../components/index.ts';
import { openMenuAt } from '../../../stores/dialogs.ts';
import { type OpenPage, usePage } from '../../../stores/page.ts';
import { clearPicked, usePicked } from '../../../stores/picked.ts';
import * as strings from '../strings.ts';

/** Below the tree, what was selected in it and what can be done with all of it: it stands over nothing that is still to be selected. */
export function PickedBar({ conversation }: { readonly conversation: string }) {
  const picked = usePicked(conversation);
  const page = usePage();
  if (picked.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={strings.selected}
      className="flex shrink-0 flex-wrap items-center gap-x-1 border-line border-t bg-surface py-1 pr-1 pl-3 text-sm"
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

/** What opens a dialog that can be cancelled: what was selected stays for that. */
const ASKS_FIRST: ReadonlySet<string> = new Set([
  'label',
  'ask-all',
  'bring-together',
  'compare',
  'quote-into',
]);

function Acts({ page, picked }: { readonly page: OpenPage; readonly picked: readonly string[] }) {
  const on = onMessages(page, picked);
  const act = (action: MessageAction) => {
    void perform(action, on, picked.join());
    if (possibleFor(action, on) === true && !ASKS_FIRST.has(action.id)) clearPicked();
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
