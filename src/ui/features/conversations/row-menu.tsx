import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAccess, useActions, useConnection } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { nameFor, possibleFor } from '../../actions/action.ts';
import { CONVERSATION_ACTIONS, titleOf } from '../../actions/conversation/conversation-actions.ts';
import { cx, IconButton, Menu, MenuItem } from '../../components/index.ts';
import * as strings from './strings-list.ts';
import type { RowEvents } from './use-row-events.ts';

interface RowMenuProps {
  readonly header: Conversation;
  readonly tabbable: boolean;
  /** Otherwise its button shows itself on hover and focus only. */
  readonly shown: boolean;
  readonly events: RowEvents;
}

export function RowMenu({ header, tabbable, shown, events }: RowMenuProps) {
  const { readOnly } = useAccess();
  const client = useActions();
  const offline = useConnection().kind === 'offline';
  const on = { header, client, readOnly, offline };
  const actions = CONVERSATION_ACTIONS.flatMap((action) => {
    const possible = action.where.includes('row') && possibleFor(action, on);
    return possible === false ? [] : [{ action, possible }];
  });
  if (actions.length === 0) return null;
  return (
    <MoreMenu of={titleOf(header)} tabbable={tabbable} shown={shown}>
      {actions.map(({ action, possible }) => (
        <MenuItem
          key={action.id}
          danger={action.danger ?? false}
          icon={<action.icon size={16} />}
          {...(possible !== true && { whyNot: possible })}
          onSelect={() => events.onAct(action, header)}
        >
          {nameFor(action, on)}
        </MenuItem>
      ))}
    </MoreMenu>
  );
}

interface MoreMenuProps {
  /** The title of the chat, or the name of the folder. */
  readonly of: string;
  readonly tabbable: boolean;
  /** As of `RowMenuProps`. Default: false. */
  readonly shown?: boolean;
  readonly children: ReactNode;
}

/** What can be done with a row of the list, a chat or a folder, behind the button at its end. */
export function MoreMenu({ of, tabbable, shown = false, children }: MoreMenuProps) {
  const label = strings.moreOf(of);
  return (
    <Menu
      label={label}
      align="end"
      trigger={(props) => (
        <IconButton
          {...props}
          label={label}
          tip={strings.more}
          icon={<Ellipsis size={16} />}
          size="sm"
          tabIndex={tabbable ? 0 : -1}
          className={cx(
            'mr-1 coarse:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 group-hover:opacity-100',
            !shown && 'opacity-0',
          )}
        />
      )}
    >
      {children}
    </Menu>
  );
}
