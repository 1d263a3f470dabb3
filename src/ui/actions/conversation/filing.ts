/** Folders of conversations: made, named, removed, and conversations moved into them; each with the way back. */
import type { Actions } from '../../../client/types.ts';
import { type ChatFolder, type Conversation, newId } from '../../../protocol/index.ts';
import type { ChatFolderValues } from '../../stores/undo.ts';
import * as strings from '../strings/filing.ts';
import type { ArrangeOptions } from '../undo/arrange-in-parts.ts';
import { offerStep } from '../undo/steps.ts';
import { arrangeWithUndo } from './arranging.ts';

/** Into a folder, or out of whatever folder each is in. Rejects with a sentence. */
export function fileIn(
  client: Actions,
  headers: readonly Conversation[],
  folder: Pick<ChatFolder, 'id' | 'name'> | null,
  options: ArrangeOptions = {},
): Promise<void> {
  const did = (title: string | undefined, count: number) =>
    folder ? strings.movedTo(title, count, folder.name) : strings.movedOut(title, count);
  return arrangeWithUndo(client, headers, { filed: folder?.id ?? null }, did, options);
}

/** Answers the folder that was made. `quietly`: something is moved into it, which is said. Rejects with a sentence. */
export async function makeChatFolder(
  client: Actions,
  folders: readonly ChatFolder[],
  text: string,
  { quietly = false }: { readonly quietly?: boolean } = {},
): Promise<Pick<ChatFolder, 'id' | 'name'>> {
  const name = unusedName(folders, text);
  const id = newId();
  await client.chatFolder({ folder: id, name });
  if (!quietly) offerFolderStep(client, id, strings.made(name), { removed: true }, { removed: false });
  return { id, name };
}

/** Rejects with a sentence. */
export async function renameChatFolder(
  client: Actions,
  folders: readonly ChatFolder[],
  folder: ChatFolder,
  text: string,
): Promise<void> {
  if (text.trim() === folder.name) return;
  const name = unusedName(
    folders.filter(({ id }) => id !== folder.id),
    text,
  );
  await client.chatFolder({ folder: folder.id, name });
  offerFolderStep(client, folder.id, strings.renamedFolder(name), { name: folder.name }, { name });
}

/** What is in it stays filed there, so that undoing brings all of it back. Rejects with a sentence. */
export async function removeChatFolder(client: Actions, { id, name }: ChatFolder): Promise<void> {
  await client.chatFolder({ folder: id, removed: true });
  offerFolderStep(client, id, strings.removedFolder(name), { removed: false }, { removed: true });
}

/** Nobody could tell two of one name apart. Throws a sentence. */
function unusedName(folders: readonly ChatFolder[], text: string): string {
  const name = text.trim();
  const isTaken = folders.some((folder) => folder.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new Error(strings.nameTaken(name));
  return name;
}

function offerFolderStep(
  client: Actions,
  id: string,
  did: string,
  before: ChatFolderValues,
  after: ChatFolderValues,
): void {
  offerStep(client, { conversation: '', did, folder: { id, before, after } });
}
