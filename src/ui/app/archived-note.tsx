import type { Conversation } from '../../protocol/index.ts';
import { Button } from '../components/index.ts';
import { useConversationCommands } from '../features/conversations/index.ts';

/** An archived conversation is whole and can be gone on with; it is only not in the list. */
export function ArchivedNote({ header }: { readonly header: Conversation }) {
  const { restore } = useConversationCommands();
  return (
    <p
      data-print="hide"
      className="mx-auto flex w-full max-w-prose items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4 text-muted text-sm"
    >
      <span className="flex-1">Archived: not in the list of conversations.</span>
      <Button look="ghost" className="text-leaf hover:text-leaf" onClick={() => restore(header)}>
        Restore
      </Button>
    </p>
  );
}
