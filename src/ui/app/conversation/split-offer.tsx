import { X } from 'lucide-react';
import { Button, IconButton } from '../../components/index.ts';
import { declineOffer, showPanes } from '../../stores/panes.ts';

/** Offered once, beside the forks, when a conversation forks for the first time: quiet, and gone for good when declined. */
export function SplitOffer() {
  return (
    <span className="appearing flex shrink-0 items-center rounded-lg bg-leaf-soft">
      <Button look="text" onClick={() => showPanes('split')}>
        Show the tree beside it
      </Button>
      <IconButton label="Not now" size="sm" icon={<X size={15} />} onClick={declineOffer} />
    </span>
  );
}
