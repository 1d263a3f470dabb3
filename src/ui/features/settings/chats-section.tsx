import { FileDown, FileUp } from 'lucide-react';
import { useMemo } from 'react';
import { useAccess, useChatFolders, useConversations } from '../../../client/hooks/index.ts';
import { goToArchived } from '../../actions/page/page-actions.ts';
import { numberText } from '../../components/amount-text.ts';
import { Button } from '../../components/index.ts';
import { sortList, useChatList } from '../../stores/browser/chat-list.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { Choices, Subsection } from './choices.tsx';
import { DeletedChats } from './deleted-chats.tsx';
import { HiddenInChats } from './hidden-in-chats.tsx';
import * as strings from './strings.ts';

/** The list in numbers and its order, what is hidden, and the ways in and out. */
export function ChatsSection() {
  const { readOnly } = useAccess();
  const sort = useChatList((list) => list.sort);
  return (
    <>
      <ListInNumbers />
      {!readOnly && <HiddenInChats />}
      {!readOnly && <DeletedChats />}
      <Choices label={strings.listOrder} names={strings.orders} chosen={sort} onChoose={sortList} />
      {!readOnly && (
        <Subsection title={strings.inAndOut}>
          <div className="flex flex-wrap gap-2">
            <Button icon={<FileUp size={16} />} onClick={() => openDialog({ kind: 'import' })}>
              {strings.importChats}
            </Button>
            <Button icon={<FileDown size={16} />} onClick={() => openDialog({ kind: 'export' })}>
              {strings.exportChats}
            </Button>
          </div>
        </Subsection>
      )}
    </>
  );
}

function ListInNumbers() {
  const { list } = useConversations();
  const folders = useChatFolders();
  const { archived, pinned } = useMemo(
    () => ({
      archived: list.filter((header) => header.archived).length,
      pinned: list.filter((header) => header.pinned && !header.archived).length,
    }),
    [list],
  );
  const numbers = [
    [strings.chats, list.length - archived],
    [strings.pinned, pinned],
    [strings.folders, folders.length],
    [strings.archived, archived],
  ] as const;
  return (
    <Subsection title={strings.inNumbers}>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {numbers.map(([name, count]) => (
          <div
            key={name}
            className="flex flex-col-reverse rounded-xl border border-line bg-surface px-3 py-2"
          >
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="font-medium text-lg tabular-nums">{numberText(count)}</dd>
          </div>
        ))}
      </dl>
      {archived > 0 && (
        <Button look="text" className="-ml-3 mt-1" onClick={goToArchived}>
          {strings.showArchived}
        </Button>
      )}
    </Subsection>
  );
}
