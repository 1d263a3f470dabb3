/** The whole server, put together: data folder, engine, models, conversations, replies, HTTP (decision 0043). */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ASIDES_DAYS, Refusal } from '../protocol/index.ts';
import type { ModelRef } from '../tree/index.ts';
import { type Access, createAccess, openSharedTokens, openTokenFile } from './access/index.ts';
import { addressOf } from './address.ts';
import { type Agents, createAgents } from './agents/index.ts';
import { type ClosingOrder, createClosingOrder } from './closing-order.ts';
import { commandName } from './command-name.ts';
import { type ConversationService, createConversations } from './conversations/index.ts';
import { type Counterpart, createCounterparts } from './counterparts/index.ts';
import { createDataMeasure } from './data-sizes.ts';
import { madeWhen } from './engine/embedded/folder.ts';
import { openEmbeddedEngine, type Repair } from './engine/embedded/index.ts';
import { type ByteStreams, type Engine, EngineError } from './engine/index.ts';
import { openRemote } from './engine/remote/index.ts';
import {
  asMissing,
  type ContentCache,
  createCache,
  createFileStore,
  createSharedStore,
  type FileStore,
} from './files/index.ts';
import { createFolders, type Folders } from './folders/folders.ts';
import { createApp } from './http/app.ts';
import { inProcessFetch } from './http/in-process-fetch.ts';
import { loadPage } from './http/kit/page-files.ts';
import type { Services } from './http/kit/services.ts';
import { hostsOf } from './http/middleware/security.ts';
import { createNodeServer } from './http/node-server.ts';
import { listen } from './listen.ts';
import { createLog, type Log } from './log.ts';
import {
  createEndpoints,
  createModels,
  type Endpoints,
  findSources,
  type ModelSource,
  type Models,
} from './models/index.ts';
import { openPrompts } from './prompts/prompts.ts';
import { createRunner, type ReplyRunner } from './replies/index.ts';
import { sayRunning } from './running-file.ts';
import { needsAccess, type ServerSettings } from './settings.ts';
import { openShareFolder, type ShareStore } from './shares/share-store.ts';
import { openSharedShareStore } from './shares/shared-share-store.ts';
import { createShares } from './shares/shares.ts';
import { createSummaries, type Summaries } from './summaries/index.ts';
import { createTitles, type Titles } from './titles/index.ts';
import { frozenPage } from './transfer/export/run.ts';
import { openWordStore, type WordStore } from './word-index/index.ts';

export interface StartOptions {
  /** Default: standard error, at the level of the settings. */
  readonly log?: Log;
  /** Folder of the built page. Default: `dist/client`. */
  readonly client?: string;
  /** Default: by the settings. */
  readonly sources?: readonly ModelSource[];
  /** As of createConversations. */
  readonly segmentItems?: number;
  /** False: it takes no port, and is asked by `fetch` alone. Default: true. */
  readonly listen?: boolean;
  /** What agents get a part of. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningServer {
  /** Where it listens, or where `fetch` takes it to be; without a slash at its end. */
  readonly url: string;
  /** Asks it in this process, as somebody on this computer does. */
  readonly fetch: typeof globalThis.fetch;
  /** Where others reach it; undefined: only this computer does. */
  readonly address?: string;
  /** The first access token, made by this start: nobody had one. It cannot be had again. */
  readonly secret?: string;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** The host of the engine, if it is not in the data folder. */
  readonly streams?: string;
  /** Says `bye`, ends replies as interrupted, lets go of the folder: within 3 s. The same promise when called again. */
  close(): Promise<void>;
}

/** Both `src/server` and `dist/server` are two below it. */
const ROOT = join(fileURLToPath(import.meta.url), '..', '..', '..');
/** How long requests in hand may take once the server closes, in ms. */
const LAST_REQUESTS = 500;

/**
 * Starts a server; the caller closes it. When it cannot start, what was opened is let go of.
 * @throws {Error} with one sentence for whoever started it: the folder is in use, no port is free.
 */
export async function startServer(
  settings: ServerSettings,
  options: StartOptions = {},
): Promise<RunningServer> {
  const log = options.log ?? createLog({ level: settings.log });
  const endings = createClosingOrder();
  const close = (): Promise<void> => endings.end((error) => log.error({ what: 'closing' }, error));
  try {
    const storage = await openStorage(settings, endings, log);
    const { engine, files } = storage;
    const alone = settings.streams === undefined;
    const endpoints = await openEndpoints(settings, log);
    const prompts = await openPrompts({
      path: join(settings.data, 'prompts.json'),
      trouble: (error) => log.error({ what: 'prompts' }, error),
    });
    const sources = sourcesOf(settings, endpoints, options.sources);
    const { titles, asidesDays = ASIDES_DAYS } = settings;
    const { segmentItems } = options;
    const words = openWords(settings);
    endings.add(() => words.close());
    const given = {
      ...{ engine, files, alone, sources, titles, asidesDays, log, words },
      removed: endpoints.removed,
      defaultPrompt: prompts.system,
    };
    const version = await versionOf();
    let desk: ConversationService | undefined;
    const agents = agentsOf(settings, version, log, options.env ?? process.env, () => desk);
    if (agents) endings.add(() => agents.shutdown());
    const folders = agents && foldersOf(settings, log, options.env ?? process.env, () => desk);
    const parts = assemble({
      ...given,
      agents,
      folders,
      ...(segmentItems !== undefined && { segmentItems }),
    });
    desk = parts.conversations;
    const page = await loadPage(options.client ?? join(ROOT, 'dist', 'client'));
    const incoming = join(settings.data, 'imports');
    const made = alone ? await madeWhen(settings.data) : undefined;
    const sizes = createDataMeasure({
      data: settings.data,
      engine: streamsOf(settings).streams,
      trouble: (error) => log.error({ what: 'sizes' }, error),
    });
    endings.add(() => sizes.close());
    const services = {
      engine,
      files,
      sizes,
      incoming,
      endpoints,
      prompts,
      agents,
      folders,
      page,
      log,
      version,
      made,
      asidesDays,
      ...parts,
    };
    endings.add(() => parts.conversations.shutdown());
    endings.add(async () => parts.titles?.shutdown());
    const begun = parts.conversations.start();
    // Another engine may be away, or far, and is looked at while we listen; the embedded one is right before anybody asks.
    if (alone) await begun.catch(unreadable);
    else begun.catch((error) => log.error({ what: 'start' }, error));
    const tokens = await openTokens(settings, storage, log);
    endings.add(tokens.close);
    const listens = options.listen ?? true;
    const { port, fetch } = await serve(
      settings,
      { ...services, tokens, store: openShareStore(settings, storage) },
      parts.runner,
      {
        endings,
        listens,
      },
    );
    const secret = listens && needsAccess(settings) ? await firstSecret(tokens) : undefined;
    // Servers on this machine are known by the time somebody looks.
    void parts.models.list();
    const { url, address } = addressOf(settings, port);
    if (alone) endings.add(await sayRunning(settings.data, url));
    const reached = { ...(address !== undefined && { address }), ...(secret !== undefined && { secret }) };
    return { url, fetch, ...reached, data: settings.data, ...streamsOf(settings), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Undefined where somebody has an owner's token. Of several servers that begin at once one makes it. */
async function firstSecret(tokens: Access): Promise<string | undefined> {
  const owners = (list: ReturnType<Access['known']>) => list.filter(({ scope }) => scope === 'owner');
  if (owners(tokens.known()).length > 0 || owners(await listed(tokens)).length > 0) return undefined;
  const { token, secret } = await tokens.make({ name: 'The first', scope: 'owner' });
  if (owners(tokens.known())[0]?.id === token.id) return secret;
  await tokens.revoke(token.id);
  return undefined;
}

/** How long a start waits for the storage that has the tokens, in ms. */
const TOKENS_PATIENCE = 30_000;

async function listed(tokens: Access): Promise<ReturnType<Access['known']>> {
  for (let waited = 0; ; waited += 500) {
    try {
      return await tokens.list();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (waited >= TOKENS_PATIENCE)
        throw new Error(
          `The access tokens are at the storage, which does not answer. Start Bough once it does. ${error.message}`,
          { cause: error },
        );
      await sleep(500);
    }
  }
}

/** The path of an address may be a secret. */
function streamsOf({ streams }: ServerSettings): { streams?: string } {
  return streams ? { streams: new URL(streams.url).host } : {};
}

/** Where conversations are, and files beside them. */
interface Storage {
  readonly engine: Engine;
  readonly files: FileStore;
  /** Undefined: in the data folder. */
  readonly shared: SharedStorage | undefined;
}

/** An engine elsewhere, which several servers may use. */
interface SharedStorage {
  readonly engine: Engine & ByteStreams;
  readonly cache: ContentCache;
}

async function openStorage(
  { streams, data }: ServerSettings,
  endings: ClosingOrder,
  log: Log,
): Promise<Storage> {
  const before = join(data, 'files');
  if (!streams) {
    const engine = await openInFolder(data, log);
    // Lets go of the folder too.
    endings.add(() => engine.shutdown());
    return { engine, files: createFileStore(before), shared: undefined };
  }
  const engine = openRemote(streams);
  endings.add(() => engine.shutdown());
  const trouble = (error: unknown) => log.error({ what: 'files' }, error);
  const cache = createCache({ folder: join(data, 'cache'), trouble });
  const files = createSharedStore({ engine, cache, before, trouble });
  return { engine, files, shared: { engine, cache } };
}

function openShareStore({ data }: ServerSettings, { shared }: Storage): ShareStore {
  const before = openShareFolder(join(data, 'shares'));
  return shared ? openSharedShareStore({ ...shared, before }) : before;
}

async function openTokens({ data }: ServerSettings, { shared }: Storage, log: Log): Promise<Access> {
  const path = join(data, 'access.json');
  const trouble = (error: unknown) => log.error({ what: 'access tokens' }, error);
  const store = shared
    ? await openSharedTokens({ engine: shared.engine, path, trouble })
    : await openTokenFile(path);
  return createAccess({ store, trouble });
}

function openInFolder(data: string, log: Log): Promise<Engine> {
  const onRepair = (_stream: string, repair: Repair): void => {
    // After a crash a torn end is cut, which is expected; that acknowledged items are gone is not.
    if (repair.kind === 'lost') log.error({ what: 'a log was cut short by somebody else', ...repair });
    else log.info({ what: 'a torn log was mended', ...repair });
  };
  return openEmbeddedEngine(data, { onRepair });
}

interface Parts {
  readonly models: Models;
  readonly conversations: ConversationService;
  readonly runner: ReplyRunner;
  readonly titles: Titles | undefined;
  readonly summaries: Summaries;
}

interface ServerParts {
  readonly engine: Engine;
  readonly files: FileStore;
  /** No other server writes to the engine. */
  readonly alone: boolean;
  readonly sources: () => readonly ModelSource[];
  readonly removed: () => readonly string[];
  /** Models name conversations. */
  readonly titles: boolean;
  readonly asidesDays: number;
  readonly log: Log;
  readonly words: WordStore;
  /** Undefined: off. */
  readonly agents: Agents | undefined;
  readonly folders: Folders | undefined;
  readonly segmentItems?: number;
  /** The system prompt that new conversations begin with; empty: none. */
  readonly defaultPrompt: () => string;
}

function assemble({ sources, removed, titles: named, log, agents, folders, ...given }: ServerParts): Parts {
  let used: () => readonly ModelRef[] = () => [];
  const models = withAgents(createModels({ sources, removed, lastUsed: () => used() }), agents, folders);
  let made: ReplyRunner | undefined;
  let titles: Titles | undefined;
  const conversations = createConversations({
    ...given,
    models,
    runner: (home) => {
      const { source } = models;
      const running = (reply: string) => made?.running(reply) ?? false;
      const trouble = (error: unknown) => log.error({ what: 'titles' }, error);
      titles = named ? createTitles({ home, source, running, trouble }) : undefined;
      made = createRunner({
        home: titles?.home ?? home,
        counterpart: createCounterparts(source, agents && ((ref) => agentIn(agents, folders, ref))),
        readFile: (hash) => given.files.read(hash).catch(asMissing),
        keepFile: (bytes) => given.files.add([bytes]),
        onTrouble: ({ what, error }) => log.error({ what: `reply: ${what}` }, error),
      });
      return made;
    },
    trouble: (error) => log.error({ what: 'conversations' }, error),
    ...(folders && { purged: folders.forget, shown: folders.shown }),
    summarise: (...asked) => summaries.write(...asked),
  });
  used = conversations.lastUsed;
  const summaries: Summaries = createSummaries({
    ...{ home: conversations, models },
    trouble: (error) => log.error({ what: 'summaries' }, error),
  });
  return { models, conversations, summaries, runner: made as ReplyRunner, titles };
}

/** Agents stand beside models wherever one chooses who answers. */
/** An agent, and around its turns what is kept of the folder it works in. */
function agentIn(agents: Agents, folders: Folders | undefined, ref: ModelRef): Counterpart | undefined {
  const agent = agents.counterpart(ref);
  return agent && folders ? folders.around(agent) : agent;
}

function withAgents(models: Models, agents: Agents | undefined, folders: Folders | undefined): Models {
  if (!agents) return models;
  return {
    source: models.source,
    describe: async (ref) => {
      const named = (await models.describe(ref)) ?? (await agents.describe(ref));
      return named?.agent && folders ? { ...named, agent: { ...named.agent, copies: folders.can } } : named;
    },
    list: async () => {
      const [list, { models: added, source }] = await Promise.all([models.list(), agents.list()]);
      const problem = source.sentence === undefined ? [] : [{ source: source.id, sentence: source.sentence }];
      return {
        ...list,
        models: [...list.models, ...added],
        sources: [...list.sources, source],
        problems: [...list.problems, ...problem],
      };
    },
  };
}

function agentsOf(
  { agents, agentRoots: roots, data }: ServerSettings,
  version: string,
  log: Log,
  env: NodeJS.ProcessEnv,
  conversations: () => ConversationService | undefined,
): Agents | undefined {
  if (!agents) return undefined;
  const trouble = (error: unknown) => log.error({ what: 'agents' }, error);
  // Made after the agents, which the conversations ask who answers.
  const desk = () => conversations() as ConversationService;
  return createAgents({ path: join(data, 'agents.json'), env, roots, version, desk, trouble });
}

/** Beside the conversations, or what is kept here of those of another engine. Nothing is opened before something is asked. */
function openWords({ data, streams }: ServerSettings): WordStore {
  // An address may be a secret.
  const engine = streams ? createHash('sha256').update(streams.url).digest('hex') : 'folder';
  return openWordStore({ path: join(data, 'find', 'words.db'), engine });
}

function foldersOf(
  { data, agentRoots: roots }: ServerSettings,
  log: Log,
  env: NodeJS.ProcessEnv,
  conversations: () => ConversationService | undefined,
): Folders {
  const trouble = (error: unknown) => log.error({ what: 'folders' }, error);
  const tree = (conversation: string) => (conversations() as ConversationService).tree(conversation);
  const folders = createFolders({ data, env, roots, tree, trouble });
  void folders.mend();
  return folders;
}

function openEndpoints({ data, ollama }: ServerSettings, log: Log): Promise<Endpoints> {
  return createEndpoints({
    path: join(data, 'endpoints.json'),
    contextLength: ollama?.contextLength,
    trouble: (error) => log.error({ what: 'endpoints' }, error),
  });
}

/** In the order in which they become the default. @param given instead of those of the settings. */
function sourcesOf(
  settings: ServerSettings,
  endpoints: Endpoints,
  given?: readonly ModelSource[],
): () => readonly ModelSource[] {
  const { environment, local, demo } = findSources(settings);
  const [first, last] = given ? [given, []] : [environment, [...local, demo]];
  return () => [...first, ...endpoints.sources(), ...last];
}

function unreadable(error: unknown): never {
  const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const damaged = error instanceof Refusal && error.code === 'damaged';
  const help = damaged
    ? ` Run “${commandName('doctor')}”: it says what is lost and how to mend the rest.`
    : '';
  throw new Error(`The conversations cannot be read. ${why}${help}`, { cause: error });
}

/** Listens; what it adds to `endings` closes the server and ends the replies, side by side. */
async function serve(
  settings: ServerSettings,
  {
    tokens,
    store,
    ...services
  }: Omit<Services, 'closing' | 'hosts' | 'access' | 'shares'> & {
    readonly tokens: Access;
    readonly store: ShareStore;
  },
  runner: ReplyRunner,
  { endings, listens }: { readonly endings: ClosingOrder; readonly listens: boolean },
): Promise<{ readonly port: number; readonly fetch: typeof globalThis.fetch }> {
  const { host, port, publicUrl, origins } = settings;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let hosts: ReadonlySet<string> = new Set();
  let chosen = port;
  const address = () => addressOf(settings, chosen).address;
  const shares = createShares({
    store,
    freeze: (wanted) => frozenPage(services, wanted),
    address,
  });
  const access = { tokens, needed: needsAccess(settings), publicUrl, origins, address };
  const app = createApp({ ...services, shares, access, closing: closing.signal, hosts: () => hosts });
  const server = listens ? createNodeServer(app) : undefined;
  // A proxy passes on to one port.
  if (server) chosen = await listen(server, host, port, publicUrl === undefined ? undefined : 0);
  hosts = hostsOf(host, chosen);
  endings.add(async () => {
    closing.abort();
    await Promise.all([server && stopped(server), runner.shutdown()]);
  });
  return { port: chosen, fetch: inProcessFetch(app, chosen) };
}

/** Takes no more connections, lets the requests in hand finish for a moment, then cuts what is left. */
async function stopped(server: Server): Promise<void> {
  // `close` lets go of the connections that are idle now; those that said `bye` just after are idle later.
  const idle = setInterval(() => server.closeIdleConnections(), LAST_REQUESTS / 20);
  const cut = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(cut);
}

async function versionOf(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
