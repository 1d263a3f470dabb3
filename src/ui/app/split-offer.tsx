import { X } from 'lucide-react';
import { Button, IconButton } from '../components/index.ts';
import { declineOffer, showPanes } from '../stores/panes.ts';

/** Offered once, when a conversation forks for the first time: quiet, and gone for good when declined. */
export function SplitOffer() {
  return (
    <div
      data-print="hide"
      className="appearing mx-auto mb-1 flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-1 rounded-xl bg-leaf-soft py-1 pr-1.5 pl-4"
    >
      <p className="flex-1 text-ink text-sm">This conversation has branches now.</p>
      <Button look="text" onClick={() => showPanes('split')}>
        Show the tree beside it
      </Button>
      <IconButton label="Not now" size="sm" icon={<X size={16} />} onClick={declineOffer} />
    </div>
  );
}
