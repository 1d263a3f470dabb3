import { MessagesSquare } from 'lucide-react';
import type { ReplyWish } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { IconButton } from '../../components/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { showSideBySide } from '../../stores/side-by-side.ts';
import * as strings from './strings-later.ts';

export interface AskSeveralButtonProps {
  /** Sends what is written and asks for these replies; gives the message's id. Undefined: nothing can be sent now. */
  readonly send: ((replies: readonly ReplyWish[]) => string | undefined) | undefined;
  /** Who answers a single message. */
  readonly current: ModelRef | undefined;
}

/** Asks several models at once, whose replies then stand side by side. */
export function AskSeveralButton({ send, current }: AskSeveralButtonProps) {
  const run = (replies: readonly ReplyWish[]) => {
    const message = send?.(replies);
    if (message !== undefined && replies.length > 1) showSideBySide(message, true);
  };
  return (
    <IconButton
      label={strings.askSeveral}
      tip={send ? strings.asksSeveral : strings.askSeveralNeedsWords}
      icon={<MessagesSquare size={17} />}
      aria-disabled={send === undefined}
      onClick={send && (() => openDialog({ kind: 'ask-several', run, current }))}
      className="aria-disabled:text-muted"
    />
  );
}
