import { useActions } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { restore } from '../../actions/conversation-actions.ts';
import { Button } from '../../components/index.ts';

/** An archived conversation is whole and can be gone on with; it is only not in the list. */
export function ArchivedNote({ header }: { readonly header: Conversation }) {
  const client = useActions();
  return (
    <div
      data-print="hide"
      className="mx-auto flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4"
    >
      <p className="flex-1 text-muted text-sm">Archived: not in the list of conversations.</p>
      <Button look="text" onClick={() => void restore.run({ header, client, readOnly: false })}>
        Restore
      </Button>
    </div>
  );
}
