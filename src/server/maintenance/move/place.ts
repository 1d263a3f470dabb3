/** Where conversations can be moved from and to: a data folder, or an engine elsewhere, with what is kept beside them. */
import { join, resolve } from 'node:path';
import { CONVERSATIONS } from '../../../protocol/index.ts';
import { bringTokens, readTokens, type StoredToken, tokensAt, writeTokens } from '../../access/index.ts';
import { type ConversationService, createConversations } from '../../conversations/index.ts';
import { findFolder } from '../../engine/embedded/folder.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import type { Engine } from '../../engine/index.ts';
import { openRemote } from '../../engine/remote/index.ts';
import { createFileStore, createSharedStore, type FileStore } from '../../files/index.ts';
import { openShareFolder, type ShareStore } from '../../shares/share-store.ts';
import { openSharedShareStore } from '../../shares/shared-share-store.ts';

/** A sentence for whoever moves. */
export class MoveError extends Error {}

/** As a person names it. */
export type PlaceName =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'engine'; readonly url: string; readonly token?: string | undefined };

export interface StoragePlace {
  /** In sentences: a path, or a host. */
  readonly called: string;
  readonly engine: Engine;
  /** Nobody else writes there: the folder is locked. */
  readonly alone: boolean;
  readonly conversations: ConversationService;
  readonly files: Pick<FileStore, 'read' | 'add'>;
  readonly tokens: PlaceTokens;
  readonly shares: ShareStore;
  close(): Promise<void>;
}

interface PlaceTokens {
  all(): Promise<{ readonly tokens: readonly StoredToken[]; readonly revoked: readonly string[] }>;
  /** Answers how many were new. */
  bring(tokens: readonly StoredToken[], revoked: readonly string[]): Promise<number>;
}

/** Addresses begin with `http://` or `https://`; all else is a path. @param cwd what relative paths start from */
export function placeName(text: string, cwd: string, token?: string): PlaceName {
  if (!/^https?:\/\//i.test(text)) return { kind: 'folder', path: resolve(cwd, text) };
  return { kind: 'engine', url: text.replace(/\/+$/, ''), token };
}

export const isSame = (a: PlaceName, b: PlaceName): boolean =>
  (a.kind === 'folder' && b.kind === 'folder' && a.path === b.path) ||
  (a.kind === 'engine' && b.kind === 'engine' && a.url === b.url);

/** The path of an address may be a secret. */
export const calledOf = (name: PlaceName): string =>
  name.kind === 'folder' ? name.path : new URL(name.url).host;

export interface OpenOptions {
  /** Where files were kept before an engine had them: a folder. Default: nowhere. */
  readonly before?: string;
  /** It has to be there. */
  readonly isSource: boolean;
  readonly trouble: (error: unknown) => void;
}

/** The caller closes it. @throws {FolderError | MoveError | EngineError} */
export function openPlace(name: PlaceName, options: OpenOptions): Promise<StoragePlace> {
  return name.kind === 'folder' ? openFolderPlace(name.path, options) : openEnginePlace(name, options);
}

async function openFolderPlace(path: string, { isSource, trouble }: OpenOptions): Promise<StoragePlace> {
  if (isSource) await findFolder(path);
  const engine = await openEmbeddedEngine(path);
  const file = join(path, 'access.json');
  return {
    ...placeOf({ engine, alone: true, trouble }),
    called: path,
    files: createFileStore(join(path, 'files')),
    shares: openShareFolder(join(path, 'shares')),
    tokens: {
      all: async () => ({ tokens: await readTokens(file), revoked: [] }),
      async bring(tokens) {
        const known = await readTokens(file);
        const missing = tokens.filter(({ id }) => !known.some((one) => one.id === id));
        if (missing.length > 0) await writeTokens(file, [...known, ...missing]);
        return missing.length;
      },
    },
  };
}

async function openEnginePlace(
  name: Extract<PlaceName, { kind: 'engine' }>,
  { before, isSource, trouble }: OpenOptions,
): Promise<StoragePlace> {
  const { url, token } = name;
  const engine = openRemote({ url, ...(token !== undefined && { token }) });
  try {
    if ((await engine.head(CONVERSATIONS)) === null && isSource) await refuseEmpty(engine, name);
  } catch (error) {
    await engine.shutdown();
    throw error;
  }
  return {
    ...placeOf({ engine, alone: false, trouble }),
    called: calledOf(name),
    files: createSharedStore({ engine, cache: NO_CACHE, before, trouble }),
    shares: openSharedShareStore({ engine, cache: NO_CACHE, before: NO_SHARES }),
    tokens: {
      all: () => tokensAt(engine),
      bring: (tokens, revoked) => bringTokens(engine, tokens, revoked),
    },
  };
}

/** One that nobody has written to is more likely another address than a Bough without conversations. */
async function refuseEmpty(engine: Engine, name: PlaceName): Promise<void> {
  if ((await tokensAt(engine)).tokens.length > 0) return;
  throw new MoveError(
    `There is nothing of Bough at this address of ${calledOf(name)}. Give the whole address, as BOUGH_STREAMS_URL has it, with its path.`,
  );
}

function placeOf(given: Pick<StoragePlace, 'engine' | 'alone'> & Pick<OpenOptions, 'trouble'>) {
  const { engine, alone, trouble } = given;
  const conversations = createConversations({
    ...{ engine, alone, trouble },
    // Nobody is asked, and nothing goes, on the way.
    models: { describe: () => null },
    asidesDays: 0,
    runner: () => ({
      start: () => {},
      running: () => false,
      stop: async () => {},
      shutdown: async () => {},
    }),
  });
  const close = async (): Promise<void> => {
    await conversations.shutdown();
    await engine.shutdown();
  };
  return { engine, alone, conversations, close };
}

const NO_CACHE = { read: async () => null, keep: async () => {}, forget: async () => {} };
const NO_SHARES: ShareStore = {
  all: async () => new Map(),
  page: async () => null,
  keep: async () => {},
  drop: async () => {},
};
