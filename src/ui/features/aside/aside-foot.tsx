import type { ComponentProps } from 'react';
import { type AsideView, useAccess } from '../../../client/hooks/index.ts';
import { perform } from '../../actions/action.ts';
import { bringForward, dropAside, keepAside } from '../../actions/message/asides.ts';
import { type MessageAction, onMessages } from '../../actions/message/on-message.ts';
import { Button } from '../../components/index.ts';
import type { OpenAside } from '../../stores/aside.ts';
import { currentPage, useOfPage } from '../../stores/page.ts';
import * as strings from './strings.ts';

/** What becomes of an aside: a branch, a quote of its last reply in the conversation, or nothing. */
export function AsideFoot({ aside, open }: { readonly aside: AsideView; readonly open: OpenAside }) {
  const { readOnly } = useAccess();
  const { head } = open;
  const { messages } = aside.tree;
  if (readOnly || head === undefined || !messages.has(head)) return null;
  const reply = aside.path.findLast(({ key }) => messages.get(key)?.role === 'assistant')?.key;
  const run = (action: MessageAction, message: string) => {
    const page = currentPage();
    if (page) void perform(action, onMessages(page, [message]), message);
  };
  return (
    <div className="flex flex-wrap gap-1.5 px-4 pb-2">
      <Act action={keepAside} message={head} run={run}>
        {strings.keep}
      </Act>
      <Act action={bringForward} message={reply} run={run}>
        {strings.bringForward}
      </Act>
      <Act look="ghost" action={dropAside} message={head} run={run}>
        {strings.drop}
      </Act>
    </div>
  );
}

interface ActProps extends Pick<ComponentProps<typeof Button>, 'look' | 'children'> {
  readonly action: MessageAction;
  /** Undefined: there is none yet. */
  readonly message: string | undefined;
  readonly run: (action: MessageAction, message: string) => void;
}

/** Says what comes of it before it is pressed. */
function Act({ action, message, run, ...rest }: ActProps) {
  const effect = useOfPage((page) =>
    page && message !== undefined ? action.effect?.(onMessages(page, [message])) : undefined,
  );
  return (
    <Button
      {...rest}
      tip={effect}
      aria-description={effect}
      disabled={message === undefined}
      onClick={() => message !== undefined && run(action, message)}
    />
  );
}
