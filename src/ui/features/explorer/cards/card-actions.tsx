import { Ellipsis } from 'lucide-react';
import { messageActionsIn } from '../../../actions/message/message-actions.ts';
import { MessageButton } from '../../../actions/message/message-button.tsx';
import { cx, IconButton } from '../../../components/index.ts';
import { openMenuAt } from '../../../stores/dialogs.ts';
import { useOfPage } from '../../../stores/page.ts';
import type { TurnView } from '../scene/diagram-model.ts';
import * as strings from '../strings.ts';

/** What can be done with a turn from its card: on hover, and with touch on the card the reader is at. Each says what it makes. */
export function CardActions({ view: { id, here } }: { readonly view: TurnView }) {
  const readOnly = useOfPage((page) => page?.readOnly ?? true);
  if (readOnly) return null;
  return (
    <div
      className={cx(
        // Below the card: on it they would cover the chips.
        '-mt-1.5 absolute top-full right-2 hidden rounded-lg border border-line bg-surface shadow-raised group-hover/card:flex',
        here && 'coarse:flex',
      )}
    >
      {messageActionsIn('card').map((action) => (
        <MessageButton key={action.id} action={action} message={id} tabbable={false} className="nopan" />
      ))}
      <IconButton
        size="sm"
        tabIndex={-1}
        className="nopan"
        label={strings.more}
        aria-haspopup="menu"
        icon={<Ellipsis size={15} />}
        onClick={(event) => openMenuAt(event.currentTarget, [id])}
      />
    </div>
  );
}
