import { SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import { dirOf } from '../../components/direction.ts';
import { IconButton } from '../../components/index.ts';
import { SidebarToggle } from '../../features/conversations/index.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import * as strings from '../strings.ts';
import { useSidebar } from './use-sidebar.ts';

/** The head of a page: its title, and the way to the conversations while they are not beside it. */
export function TopBar({
  title,
  children,
}: {
  /** A title as it is, or what shows it. */
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { as, show } = useSidebar();
  const { readOnly } = useAccess();
  return (
    <header data-print="flow" className="flex min-h-13 items-center gap-1 px-2 py-1.5 sm:px-3">
      {as !== 'column' && (
        <>
          <SidebarToggle label={strings.showConversations} onClick={show} />
          {!readOnly && (
            <IconButton label={strings.newChat} icon={<SquarePen size={18} />} onClick={startNewChat} />
          )}
        </>
      )}
      {title === undefined ? (
        <span className="flex-1" />
      ) : (
        <h1
          {...(typeof title === 'string' && { dir: dirOf(title) })}
          className="min-w-0 flex-1 truncate px-2 font-medium max-sm:px-1 max-sm:text-sm max-sm:leading-tight"
        >
          {title}
        </h1>
      )}
      {children}
    </header>
  );
}
