import { X } from 'lucide-react';
import { IconButton } from '../../components/index.ts';

/** Said when the address names a message that is not here; the conversation is shown all the same. */
export function LostNote({ onClose }: { readonly onClose: () => void }) {
  return (
    <div
      role="status"
      data-print="hide"
      className="mx-auto mb-1 flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-warn-soft py-1 pr-1.5 pl-4"
    >
      <p className="flex-1 text-ink text-sm">
        The message this link leads to is not in this conversation. It may be cut short or mistyped; here is
        where the conversation was last.
      </p>
      <IconButton label="Close" size="sm" icon={<X size={16} />} onClick={onClose} />
    </div>
  );
}
