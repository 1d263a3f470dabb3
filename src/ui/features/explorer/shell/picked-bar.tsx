import { X } from 'lucide-react';
import { Button, IconButton } from '../../../components/index.ts';
import { clearPicked, usePicked } from '../../../stores/picked.ts';
import { openMenuAt, openTool } from '../../../stores/tools.ts';

/** What was selected in the tree, and what can be done with all of it. */
export function PickedBar({ conversation }: { readonly conversation: string }) {
  const picked = usePicked(conversation);
  if (picked.length === 0) return null;
  const act = (name: string) => () => {
    openTool({ kind: 'act', act: name, messages: picked });
    clearPicked();
  };
  return (
    <div
      role="toolbar"
      aria-label="Selected"
      className="rising absolute inset-x-2 bottom-3 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-1 rounded-xl border border-line bg-surface p-1 pl-3 text-sm shadow-raised"
    >
      <span className="pr-1">{picked.length} selected</span>
      <Button look="text" onClick={act('star')}>
        Star
      </Button>
      <Button look="text" onClick={() => openTool({ kind: 'label', messages: picked })}>
        Label
      </Button>
      {picked.length > 1 && picked.length <= 4 && (
        <Button look="text" onClick={act('compare')}>
          Compare
        </Button>
      )}
      <Button look="text" onClick={act('prune')}>
        Prune
      </Button>
      {picked.length === 1 && (
        <Button look="text" aria-haspopup="menu" onClick={(event) => openMenuAt(event.currentTarget, picked)}>
          More
        </Button>
      )}
      <IconButton size="sm" label="Select nothing" icon={<X size={15} />} onClick={clearPicked} />
    </div>
  );
}
