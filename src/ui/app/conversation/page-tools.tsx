import { EllipsisVertical } from 'lucide-react';
import { useAccess, useActions, useConnection } from '../../../client/hooks/index.ts';
import { nameFor, perform, possibleFor } from '../../actions/action.ts';
import { keyName } from '../../actions/keys.ts';
import type { OnPage, PageAction } from '../../actions/page/on-page.ts';
import { find, pageActionsIn } from '../../actions/page/page-actions.ts';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { usePage } from '../../stores/page.ts';
import * as strings from './strings.ts';

/** What opens over a conversation's page; each has a key too. */
export function PageTools() {
  const { readOnly } = useAccess();
  const offline = useConnection().kind === 'offline';
  const on: OnPage = { page: usePage(), client: useActions(), readOnly, offline };
  const run = (action: PageAction) => void perform(action, on, '');
  const [key] = find.keys ?? [];
  return (
    <>
      <IconButton
        label={find.name}
        tip={`${find.name}${key ? ` (${keyName(key)})` : ''}`}
        icon={<find.icon size={18} />}
        onClick={() => run(find)}
      />
      <Menu
        label={strings.tools}
        align="end"
        trigger={(props) => (
          <IconButton {...props} label={strings.tools} icon={<EllipsisVertical size={18} />} />
        )}
      >
        <Items on={on} run={run} />
      </Menu>
    </>
  );
}

interface ItemsProps {
  readonly on: OnPage;
  readonly run: (action: PageAction) => void;
}

/** Asked for what each can do only while the menu is open. */
function Items({ on, run }: ItemsProps) {
  return pageActionsIn('tools', on).map((action) => {
    const possible = possibleFor(action, on);
    return (
      <MenuItem
        key={action.id}
        danger={action.danger ?? false}
        icon={<action.icon size={16} className="shrink-0" />}
        {...(typeof possible === 'string' && { whyNot: possible })}
        onSelect={() => run(action)}
      >
        <span className="my-1.5 line-clamp-2 max-w-72">{nameFor(action, on)}</span>
      </MenuItem>
    );
  });
}
