import { Folder, FolderOutput, FolderPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  type Actions,
  useActions,
  useChatFolders,
  useConnection,
  useConversations,
} from '../../../../client/hooks/index.ts';
import type { Conversation } from '../../../../protocol/index.ts';
import { CHAT_FOLDER_LIMIT } from '../../../../protocol/limits.ts';
import { titleOf } from '../../../actions/conversation/conversation-actions.ts';
import { fileIn, makeChatFolder } from '../../../actions/conversation/filing.ts';
import { waitsForBough } from '../../../actions/strings/conversations.ts';
import { endChoosing, workOnChosen } from '../../../stores/chosen-chats.ts';
import { closeDialog } from '../../../stores/dialogs.ts';
import { toast, toastFailure } from '../../../stores/toasts.ts';
import { Chooser, type PaletteEntry } from '../../palette/index.ts';
import * as strings from '../strings-filing.ts';

/** Folders by a few letters of their name, to move conversations into one; what is typed can be a new one. */
export function MoveTo({ conversations }: { readonly conversations: readonly string[] }) {
  const client = useActions();
  const folders = useChatFolders();
  const { list } = useConversations();
  const offline = useConnection().kind === 'offline';
  const [typed, setTyped] = useState('');
  const headers = useMemo(() => {
    const wanted = new Set(conversations);
    return list.filter(({ id }) => wanted.has(id));
  }, [list, conversations]);
  const entries = useMemo((): readonly PaletteEntry[] => {
    const into = (folder: { readonly id: string; readonly name: string } | null) =>
      connected(offline, () => void file(client, headers, folder).catch(toastFailure));
    const others = folders.filter(({ id }) => headers.some(({ filed }) => filed !== id));
    const isFiled = headers.some(({ filed }) => folders.some(({ id }) => id === filed));
    const out = {
      id: 'none',
      group: '',
      name: strings.noFolder,
      icon: <FolderOutput size={16} />,
      ...into(null),
    };
    return [
      ...others.map((folder) => ({
        ...{ id: folder.id, group: '', name: folder.name, icon: <Folder size={16} /> },
        ...into(folder),
      })),
      ...(isFiled ? [out] : []),
    ];
  }, [client, folders, headers, offline]);
  const name = typed.trim().slice(0, CHAT_FOLDER_LIMIT);
  const isNew = name !== '' && !folders.some((folder) => folder.name.toLowerCase() === name.toLowerCase());
  const make = async () => {
    const folder = await makeChatFolder(client, folders, name, { quietly: true });
    await file(client, headers, folder);
  };
  const fresh: PaletteEntry = {
    ...{ id: 'new', group: '', name: strings.newFolderCalled(name), icon: <FolderPlus size={16} /> },
    ...connected(offline, () => void make().catch(toastFailure)),
  };
  return (
    <Chooser
      title={titleFor(headers)}
      placeholder={folders.length > 0 ? strings.folderOrNew : strings.nameNew}
      label={strings.folders}
      nothing={folders.length > 0 ? strings.typeName : strings.noFoldersYet}
      entries={entries}
      found={isNew ? [fresh] : none}
      onWords={setTyped}
      onCancel={closeDialog}
    />
  );
}

/** Those that were chosen in the list are let go of then. */
async function file(client: Actions, headers: readonly Conversation[], folder: Parameters<typeof fileIn>[2]) {
  await workOnChosen((options) => fileIn(client, headers, folder, options));
  endChoosing();
}

/** What waits for Bough says so, and is there to be seen. */
const connected = (offline: boolean, run: () => void): Pick<PaletteEntry, 'run' | 'disabled' | 'about'> =>
  offline ? { disabled: true, about: waitsForBough, run: () => toast(waitsForBough) } : { run };

const none: readonly PaletteEntry[] = [];

function titleFor(headers: readonly Conversation[]): string {
  const [only, another] = headers;
  return only && !another ? strings.moveOne(titleOf(only)) : strings.moveMany(headers.length);
}
