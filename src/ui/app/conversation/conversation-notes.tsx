/** What is said above a conversation or in place of it, and what it offers. */

import { EyeOff, X } from 'lucide-react';
import { useActions, useConnection } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { markOf } from '../../../tree/index.ts';
import { restore } from '../../actions/conversation/conversation-actions.ts';
import { clockText, momentText } from '../../components/date-text.ts';
import { Button, IconButton } from '../../components/index.ts';
import { declineOffer, showPanes } from '../../stores/panes.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

/** An archived conversation is whole and can be gone on with; it is only not in the list. */
export function ArchivedNote({ header }: { readonly header: Conversation }) {
  const client = useActions();
  return (
    <div
      data-print="hide"
      className="mx-auto flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4"
    >
      <p className="flex-1 text-muted text-sm">{strings.isArchived}</p>
      <Button look="text" onClick={() => void restore.run({ header, client, readOnly: false })}>
        {strings.restore}
      </Button>
    </div>
  );
}

/** Without a connection: how old what is shown is, where it is not what this page has read. */
export function KeptNote({ view }: { readonly view: ConversationView }) {
  const { kind } = useConnection();
  const { keptAt } = view;
  if (keptAt === undefined || kind !== 'offline') return null;
  const isToday = new Date(keptAt).toDateString() === new Date().toDateString();
  return (
    <p role="status" data-print="hide" className="appearing px-5 pb-1 text-center text-muted text-sm">
      {isToday ? strings.keptAt(clockText(keptAt)) : strings.keptOn(momentText(keptAt))}
    </p>
  );
}

/** Said when the address names a message that is not here; the conversation is shown all the same. */
export function LostNote({ onClose }: { readonly onClose: () => void }) {
  return (
    <div
      role="status"
      data-print="hide"
      className="mx-auto mb-1 flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-warn-soft py-1 pr-1.5 pl-4"
    >
      <p className="flex-1 text-ink text-sm">{strings.linkLost}</p>
      <IconButton label={strings.close} size="sm" icon={<X size={16} />} onClick={onClose} />
    </div>
  );
}

/** Said while one reads what was pruned, by a link, a search hit, or because others pruned it: it is not taken away, only hidden elsewhere. */
export function PrunedNote({ view }: { readonly view: ConversationView }) {
  const { tree, path } = view;
  const client = useActions();
  const heads = path.map(({ key }) => key).filter((key) => markOf(tree, key).pruned);
  if (heads.length === 0) return null;
  const bringBack = () =>
    import('../../actions/message/prune.ts').then(
      (prune) => prune.restore({ client, view }, heads),
      toastFailure,
    );
  return (
    <div
      role="status"
      data-print="hide"
      className="mx-auto mb-1 flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4"
    >
      <EyeOff size={16} aria-hidden className="shrink-0 text-muted" />
      <p className="flex-1 text-muted text-sm">{strings.isHidden}</p>
      <Button look="text" onClick={bringBack}>
        {strings.restore}
      </Button>
    </div>
  );
}

/** Offered once, beside the forks, when a conversation forks for the first time: quiet, and gone for good when declined. */
export function SplitOffer() {
  return (
    <span className="appearing flex shrink-0 items-center rounded-lg bg-leaf-soft">
      <Button look="text" onClick={() => showPanes('split')}>
        {strings.showTree}
      </Button>
      <IconButton label={strings.notNow} size="sm" icon={<X size={15} />} onClick={declineOffer} />
    </span>
  );
}
