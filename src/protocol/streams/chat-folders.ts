/**
 * Folders of conversations: items of `conversations` beside the headers, which say which folder they are filed in. The fold is idempotent
 * and order-free. Not the folders agents work in, which are paths of a computer (decision 0259).
 */
import { VERSION } from '../fields.ts';
import { compareNames } from '../language.ts';
import type { ChatFolderPatch } from './list-items.ts';

export interface ChatFolder {
  readonly id: string;
  /** Empty until the patch that named it was read. */
  readonly name: string;
  /** What is filed in it stands in the list like all else; taken back, it is in the folder again. */
  readonly removed: boolean;
}

/** A folder with the times that decide which patch of a field wins; -1: none was read. */
export interface ChatFolderEntry {
  readonly folder: ChatFolder;
  readonly stamps: Readonly<Record<'name' | 'removed', number>>;
}

export type ChatFolders = ReadonlyMap<string, ChatFolderEntry>;

/** Where every fold of them begins. */
export const noChatFolders: ChatFolders = new Map();

/** Folds patches. Returns the same map when nothing was new. */
export function foldChatFolders(folders: ChatFolders, patches: Iterable<ChatFolderPatch>): ChatFolders {
  let next: Map<string, ChatFolderEntry> | undefined;
  for (const patch of patches) {
    const before = (next ?? folders).get(patch.id);
    const after = patched(before ?? blank(patch.id), patch);
    if (after === before) continue;
    next ??= new Map(folders);
    next.set(patch.id, after);
  }
  return next ?? folders;
}

/** Whether the folders would not be the same with it. */
export function isNewChatFolder(folders: ChatFolders, patch: ChatFolderPatch): boolean {
  const before = folders.get(patch.id);
  return !before || patched(before, patch) !== before;
}

const blank = (id: string): ChatFolderEntry => ({
  folder: { id, name: '', removed: false },
  stamps: { name: -1, removed: -1 },
});

function patched(entry: ChatFolderEntry, { at, name, removed }: ChatFolderPatch): ChatFolderEntry {
  const { folder, stamps } = entry;
  const isNamed = name !== undefined && (at > stamps.name || (at === stamps.name && name > folder.name));
  const isRemoved =
    removed !== undefined && (at > stamps.removed || (at === stamps.removed && removed && !folder.removed));
  if (!isNamed && !isRemoved) return entry;
  return {
    folder: { ...folder, ...(isNamed && { name }), ...(isRemoved && { removed }) },
    stamps: { ...stamps, ...(isNamed && { name: at }), ...(isRemoved && { removed: at }) },
  };
}

/** Folds to the same folders: what the next segment begins with, and what goes elsewhere. */
export function chatFolderSnapshot(folders: ChatFolders): ChatFolderPatch[] {
  return [...folders.values()].flatMap(({ folder: { id, name, removed }, stamps }) => {
    const said = [
      ...(stamps.name >= 0 ? [{ at: stamps.name, name }] : []),
      ...(stamps.removed >= 0 ? [{ at: stamps.removed, removed }] : []),
    ];
    return (said.length > 0 ? said : [{ at: 0 }]).map(
      (fields): ChatFolderPatch => ({ v: VERSION, kind: 'chat-folder', id, ...fields }),
    );
  });
}

/** Those a person sees, by name. */
export function shownChatFolders(folders: ChatFolders): ChatFolder[] {
  return [...folders.values()]
    .map(({ folder }) => folder)
    .filter(({ name, removed }) => name !== '' && !removed)
    .sort((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
}
