import { EllipsisVertical } from 'lucide-react';
import { useAccess, useActions } from '../../../client/hooks/index.ts';
import { nameFor, perform } from '../../actions/action.ts';
import { keyName } from '../../actions/keys.ts';
import type { OnPage, PageAction } from '../../actions/on-page.ts';
import { find, pageActionsIn } from '../../actions/page-actions.ts';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { usePage } from '../../stores/page.ts';
import * as strings from './strings.ts';

/** What opens over a conversation's page; each has a key too. */
export function PageTools() {
  const { readOnly } = useAccess();
  const on: OnPage = { page: usePage(), client: useActions(), readOnly };
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
        {pageActionsIn('tools', on).map((action) => (
          <MenuItem
            key={action.id}
            danger={action.danger ?? false}
            icon={<action.icon size={16} />}
            onSelect={() => run(action)}
          >
            {nameFor(action, on)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
