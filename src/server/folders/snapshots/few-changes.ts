/**
 * The tree of a few small changes to a tree that is there, without our index: blobs of the files, and trees of the folders above them, are written by ourselves
 * (decision 0269). Only what is plain: with anything else git does it.
 */
import { constants } from 'node:fs';
import { open, readlink } from 'node:fs/promises';
import type { Repository } from '../repository.ts';
import type { ObjectReader } from './object-reader.ts';
import { type NewObject, newObject, type ObjectFolder, type ObjectKind, writeObject } from './objects.ts';

/** More are worth that our index is brought up to date. */
const MOST_FILES = 32;
const MOST_BYTES = 1024 * 1024;

export interface FewChanges {
  /** Files and links that are there, other than in the tree. Names have one character a byte. */
  readonly take: readonly string[];
  /** Of the files, together. */
  readonly bytes: number;
  readonly away: readonly string[];
}

/** Whether they are few and plain. What is told of the disk is right where nothing says that it cannot tell links, or what may be run. */
export function areFew({ take, bytes, away }: FewChanges, { config }: Repository): boolean {
  const isTold = ['core.filemode', 'core.symlinks'].every((name) => config.get(name) !== 'false');
  const areSmall = take.length + away.length <= MOST_FILES && bytes <= MOST_BYTES;
  return isTold && areSmall && take.every(isPlainName);
}

/** Git refuses names that mean its own folder on one system or another; whether these do is for git to tell. */
const isPlainName = (name: string): boolean =>
  name.split('/').every((part) => !/[~:\\\xe2\xef]/.test(part) && (!/^\.git/i.test(part) || USUAL.has(part)));
const USUAL = new Set(['.gitattributes', '.gitkeep', '.github', '.gitlab-ci.yml', '.gitlab']);

export interface Entry {
  readonly mode: string;
  readonly id: string;
}

/** What is to be other in a folder. */
interface Edits {
  /** Null: the file is not there any more. */
  readonly own: Map<string, Entry | null>;
  readonly below: Map<string, Edits>;
}

/** Where it is not as plain as it looked: git has to do it. */
class NotPlain extends Error {}

export interface TreeRoom {
  readonly reader: ObjectReader;
  readonly store: ObjectFolder;
}

interface Making extends TreeRoom {
  readonly make: (kind: ObjectKind, content: Uint8Array) => string;
}

interface FilesRoom extends TreeRoom {
  readonly pathOf: (name: string) => Buffer;
}

/** Answers the tree's id, undefined: git has to do it. All objects of it are there then. */
export const treeOfFew = (room: FilesRoom, tree: string, changes: FewChanges): Promise<string | undefined> =>
  treeOf(room, tree, (making) => editsOf({ ...making, pathOf: room.pathOf }, changes));

/** The same of entries that are known; null: it is not there any more. */
export const treeOfEntries = (
  room: TreeRoom,
  tree: string,
  entries: ReadonlyMap<string, Entry | null>,
): Promise<string | undefined> =>
  treeOf(room, tree, async () => {
    const edits: Edits = { own: new Map(), below: new Map() };
    for (const [name, entry] of entries) put(edits, name, entry);
    return edits;
  });

async function treeOf(
  room: TreeRoom,
  tree: string,
  editsIn: (making: Making) => Promise<Edits>,
): Promise<string | undefined> {
  const made: NewObject[] = [];
  const make = (kind: ObjectKind, content: Uint8Array): string => {
    const object = newObject(room.store, kind, content);
    made.push(object);
    return object.id;
  };
  try {
    const making = { ...room, make };
    const id = await written(making, tree, await editsIn(making));
    const whole = id ?? make('tree', Buffer.alloc(0));
    await Promise.all(made.map((object) => writeObject(room.store, object)));
    return whole;
  } catch {
    // A full disk, a file that is gone or may not be read: git says so better, or knows what to do.
    return undefined;
  }
}

async function editsOf(room: Making & FilesRoom, { take, away }: FewChanges): Promise<Edits> {
  const edits: Edits = { own: new Map(), below: new Map() };
  for (const name of away) put(edits, name, null);
  const taken = await Promise.all(take.map((name) => entryOf(room, name)));
  for (const [at, entry] of taken.entries()) put(edits, take[at] as string, entry);
  return edits;
}

function put(edits: Edits, name: string, entry: Entry | null): void {
  const parts = name.split('/');
  const last = parts.pop() as string;
  let at = edits;
  for (const part of parts) {
    const below = at.below.get(part) ?? { own: new Map(), below: new Map() };
    at.below.set(part, below);
    at = below;
  }
  at.own.set(last, entry);
}

async function entryOf({ make, pathOf }: Making & FilesRoom, name: string): Promise<Entry> {
  const path = pathOf(name);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP' && !/(^|\/)\.git/i.test(name)) return null;
    throw error;
  });
  if (!file) return { mode: '120000', id: make('blob', await readlink(path, 'buffer')) };
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > MOST_BYTES) throw new NotPlain(name);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(found.size + 1));
    // It is being written just now.
    if (bytesRead !== found.size) throw new NotPlain(name);
    const id = make('blob', buffer.subarray(0, bytesRead));
    return { mode: found.mode & 0o100 ? '100755' : '100644', id };
  } finally {
    await file.close();
  }
}

const FOLDER = '40000';

/** Answers the tree that `before` becomes; undefined: nothing is in it. */
async function written(room: Making, before: string | undefined, edits: Edits): Promise<string | undefined> {
  const entries = before === undefined ? new Map<string, Entry>() : await entriesIn(room.reader, before);
  const below = [...edits.below].map(([name, more]) => ({ name, more, was: entries.get(name) }));
  for (const [name, entry] of edits.own) {
    const isFolder = entries.get(name)?.mode === FOLDER;
    // What is in it has to be said to go.
    if (entry && isFolder && !edits.below.has(name)) throw new NotPlain(name);
    if (entry) entries.set(name, entry);
    else if (!isFolder) entries.delete(name);
  }
  await Promise.all(below.map((one) => writeBelow(room, entries, edits.own, one)));
  return entries.size === 0 ? undefined : room.make('tree', bytesOf(entries));
}

async function writeBelow(
  room: Making,
  entries: Map<string, Entry>,
  own: Edits['own'],
  { name, more, was }: { readonly name: string; readonly more: Edits; readonly was: Entry | undefined },
): Promise<void> {
  const isFolder = was?.mode === FOLDER;
  const id = await written(room, isFolder ? was.id : undefined, more);
  // A file in the place of the folder: all below it went.
  if (own.get(name)) {
    if (id !== undefined) throw new NotPlain(name);
  } else if (id !== undefined) entries.set(name, { mode: FOLDER, id });
  else if (isFolder) entries.delete(name);
}

/** Of one folder. Throws where there is no such tree. */
async function entriesIn(reader: ObjectReader, id: string): Promise<Map<string, Entry>> {
  const found = await reader.read(id);
  if (found?.kind !== 'tree') throw new NotPlain(id);
  const length = id.length / 2;
  const entries = new Map<string, Entry>();
  for (let at = 0; at < found.content.length; ) {
    const [space, end] = [found.content.indexOf(' ', at), found.content.indexOf(0, at)];
    const [mode, name] = [
      found.content.toString('latin1', at, space),
      found.content.toString('latin1', space + 1, end),
    ];
    at = end + 1 + length;
    entries.set(name, { mode, id: found.content.toString('hex', end + 1, at) });
  }
  return entries;
}

/** Looks files of a tree up by their paths; undefined: there is none there. Each folder is read once. */
export function filesOf(reader: ObjectReader, tree: string): (name: string) => Promise<Entry | undefined> {
  const read = new Map<string, Promise<ReadonlyMap<string, Entry>>>();
  const entries = (id: string) => {
    const known = read.get(id) ?? entriesIn(reader, id);
    read.set(id, known);
    return known;
  };
  return async (name) => {
    const parts = name.split('/');
    let at: Entry | undefined = { mode: FOLDER, id: tree };
    for (const part of parts) at = at?.mode === FOLDER ? (await entries(at.id)).get(part) : undefined;
    return at?.mode === FOLDER ? undefined : at;
  };
}

/** Git's order: by bytes, folders as if a slash followed their names. */
function bytesOf(entries: ReadonlyMap<string, Entry>): Buffer {
  const sorted = [...entries]
    .map(([name, entry]) => ({ name, entry, key: entry.mode === FOLDER ? `${name}/` : name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(({ name, entry: { mode, id } }) => [
      Buffer.from(`${mode} ${name}\0`, 'latin1'),
      Buffer.from(id, 'hex'),
    ]),
  );
}
