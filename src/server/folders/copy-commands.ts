/** What people ask of the copies of branches (docs/protocol.md, "Folders"): all there are, taken away, made again. */
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../../protocol/index.ts';
import { excerpt } from '../../protocol/reading/first-line.ts';
import type {
  FolderCommand,
  FolderInput,
  FolderOutput,
  ListedCopy,
} from '../../protocol/requests/folders.ts';
import { lastInCopy, parentOf } from '../../tree/index.ts';
import { createFolderFiles } from '../agents/folder-files.ts';
import { isWithin } from '../agents/folders.ts';
import { isInside } from './along.ts';
import { type CommandRoom, type FolderPlace, placeIn } from './command-place.ts';
import type { CopyRoom } from './copy-room.ts';
import { openersOf, openWith, setOpeners } from './open-with.ts';

type CopyCommand = Extract<
  FolderCommand,
  'copies' | 'put-away' | 'bring-back' | 'open' | 'openers' | 'names'
>;
type CopyCommands = { readonly [N in CopyCommand]: (input: FolderInput<N>) => Promise<FolderOutput<N>> };

export function copyCommandsOf(room: CommandRoom): CopyCommands {
  const { copies, desk } = room;
  const names = createFolderFiles();
  return {
    copies: async () => {
      const all = await copies.list();
      return { copies: await Promise.all(all.map((one) => listed(room, one))) };
    },
    'put-away': async ({ conversation, copy, anyway }) => {
      await copies.putAway(conversation, copy, anyway);
      return {};
    },
    'bring-back': async ({ conversation, copy }) => {
      const { tree, own, states } = await placeIn(room, conversation, copy);
      const at = lastInCopy(tree, copy)?.id ?? copy;
      const isBack = await copies.bringBack({ conversation, copy, own, tree, states, at });
      return isBack ? { path: copies.pathOf(conversation, copy) } : {};
    },
    names: async ({ conversation, message, query }) => {
      const { copy, own } = await placeIn(room, conversation, message);
      const there = copy === undefined ? own.top : copies.pathOf(conversation, copy);
      // A copy that is away has what was in it once it is back: until then what it was made of is near enough.
      const top = (await lstat(there).catch(() => null)) ? there : own.top;
      return names.find(join(top, own.within), query);
    },
    open: async ({ conversation, message, with: program, path }) => {
      const line = (await openersOf(desk))[program];
      if (line === '') throw new Refusal(422, 'no-opener', NO_OPENER[program]);
      const place = await placeIn(room, conversation, message);
      const { folder, top, done } = await folderAt(room, place, conversation);
      try {
        const file = path === undefined ? folder : await fileIn(top, path);
        await openWith(desk, line, { folder, path: file, atEnd: program === 'editor' });
        return {};
      } finally {
        done();
      }
    },
    openers: (change) =>
      desk.alone('openers', () =>
        Object.keys(change).length > 0 ? setOpeners(desk, change) : openersOf(desk),
      ),
  };
}

const NO_OPENER = {
  editor: 'No command is set that opens an editor.',
  terminal: 'No command is set that opens a terminal.',
} as const;

/** Where the branch of a message works; its copy is made again where it is away. */
async function folderAt(
  { copies }: CommandRoom,
  { copy, own, tree, states }: FolderPlace,
  conversation: string,
): Promise<{ folder: string; top: string; done: () => void }> {
  if (copy === undefined) return { folder: join(own.top, own.within), top: own.top, done: () => {} };
  const at = lastInCopy(tree, copy)?.id ?? copy;
  const { cwd, repository, done } = await copies.reach({ conversation, copy, own, tree, states, at });
  return { folder: cwd, top: repository.top, done };
}

/** As it is there now. @throws {Refusal} */
async function fileIn(top: string, path: string): Promise<string> {
  const file = isInside(path) ? await realpath(join(top, path)).catch(() => null) : null;
  if (file === null || !isWithin(top, file))
    throw new Refusal(404, 'not-found', `${path} is not in the folder any more.`);
  return file;
}

async function listed(
  room: CommandRoom,
  { path, marker }: Awaited<ReturnType<CopyRoom['list']>>[number],
): Promise<ListedCopy> {
  const [conversation, copy] = [basename(dirname(path)), basename(path)];
  const [size, about] = await Promise.all([sizeOf(path), branchOf(room, conversation, copy)]);
  return { conversation, copy, path, size, ...about, ...(marker && { of: marker.of, at: marker.at }) };
}

/** Nothing, where the conversation is gone. */
async function branchOf(
  { tree: treeOf }: CommandRoom,
  conversation: string,
  copy: string,
): Promise<Pick<ListedCopy, 'words' | 'shown'>> {
  const tree = await treeOf(conversation).catch(() => null);
  const last = tree && lastInCopy(tree, copy);
  if (!last) return {};
  const asked = tree.messages.get(parentOf(tree, copy) ?? '')?.preview;
  return { shown: last.isShown, ...(asked && { words: excerpt(asked) }) };
}

/** Bytes of all files below. */
async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const own = join(path, entry.name);
    if (entry.isDirectory()) sum += await sizeOf(own);
    else sum += (await lstat(own).catch(() => null))?.size ?? 0;
  }
  return sum;
}
