import { useId, useMemo, useState } from 'react';
import { useAccess, useChatFolders } from '../../../client/hooks/index.ts';
import type { ConversationsView } from '../../../client/types.ts';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { Button } from '../../components/index.ts';
import { useChosenChats } from '../../stores/chosen-chats.ts';
import { ChooseBar } from './choose-bar.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import * as strings from './strings-list.ts';

const FILTER_FROM = 13;

interface ListAreaProps {
  readonly conversations: ConversationsView;
  readonly list: readonly Conversation[];
  readonly archived: boolean;
  readonly current: string | undefined;
  /** What it is filtered by at first. Default: nothing. */
  readonly filter?: string;
  /** Shows the archived in place of the list, or the list in place of the archived, filtered by these words. */
  readonly onShowOthers: (filter: string) => void;
}

/** The list, or what stands in its place while it loads, when it could not be loaded and when there is nothing. */
export function ListArea(props: ListAreaProps) {
  const { conversations, list, archived, current, filter: first = '', onShowOthers } = props;
  const [filter, setFilter] = useState(first);
  const { readOnly } = useAccess();
  const folders = useChatFolders();
  const matching = useMatching(list, { filter, folders });
  const others = useMatching(conversations.list, { filter, folders });
  const choosing = useChosenChats((state) => state.choosing);
  const isFiltered = filter.trim() !== '';
  // All that match, without those that match here.
  const elsewhere = isFiltered ? others.length - matching.length : 0;
  if (conversations.status === 'loading') return <ListSkeleton />;
  if (conversations.status === 'error') {
    return (
      <Note>
        <p role="alert">{conversations.error ?? strings.couldNotLoad}</p>
        <Button className="mt-3" onClick={conversations.retry}>
          {strings.tryAgain}
        </Button>
      </Note>
    );
  }
  if (list.length === 0 && (archived || folders.length === 0)) {
    return (
      <Note>{archived ? strings.nothingArchived : readOnly ? strings.none : strings.noneWriteFirst}</Note>
    );
  }
  return (
    <>
      {(list.length >= FILTER_FROM || first !== '') && <Filter value={filter} onChange={setFilter} />}
      {isFiltered && matching.length === 0 ? (
        <Note>{strings.noneContains(filter.trim(), archived)}</Note>
      ) : (
        <ConversationList
          list={matching}
          current={current}
          folders={folders}
          isPart={archived || isFiltered}
        />
      )}
      {elsewhere > 0 && (
        <p className="flex shrink-0 flex-wrap items-center gap-x-2 border-line border-t py-1 pr-2 pl-4 text-muted text-sm">
          <span role="status" className="flex-1">
            {archived ? strings.matchInList(elsewhere) : strings.matchArchived(elsewhere)}
          </span>
          <Button look="text" onClick={() => onShowOthers(filter)}>
            {strings.showThem(elsewhere)}
          </Button>
        </p>
      )}
      {choosing && <ChooseBar list={matching} archived={archived} />}
    </>
  );
}

interface Matching {
  readonly filter: string;
  readonly folders: readonly ChatFolder[];
}

/** Those with the words in their title, or in the name of their folder. */
function useMatching(list: readonly Conversation[], { filter, folders }: Matching): readonly Conversation[] {
  return useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    if (wanted === '') return list;
    const has = (text: string) => text.toLowerCase().includes(wanted);
    const wantedFolders = new Set(folders.filter(({ name }) => has(name)).map(({ id }) => id));
    return list.filter((header) => has(titleOf(header)) || wantedFolders.has(header.filed ?? ''));
  }, [list, filter, folders]);
}

function Filter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="px-2 pb-1">
      <label htmlFor={id} className="sr-only">
        {strings.filter}
      </label>
      <input
        id={id}
        type="search"
        placeholder={strings.filter}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
        className="h-8 w-full rounded-lg border border-line bg-paper px-2.5 text-sm"
      />
    </div>
  );
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return <div className="flex-1 px-4 py-3 text-muted text-sm">{children}</div>;
}
