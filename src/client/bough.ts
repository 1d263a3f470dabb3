/** The client of one page: everything wired together. React-free; the hooks are in src/client/hooks. */
import type { Query, QueryClient } from '@tanstack/query-core';
import { MODELS_PATH, type ModelList, modelListSchema, outlineStream } from '../protocol/index.ts';
import { createActions } from './actions.ts';
import { browserEnvironment, browserStorage, type Environment } from './environment.ts';
import type { UploadTarget } from './files/upload.ts';
import { Feeds } from './folds/feeds.ts';
import { ConversationList } from './folds/list.ts';
import { type KeptData, KeptReads } from './kept/kept.ts';
import { type AccessAnswer, AccessSignal, type AccessView, SIGNED_OUT } from './kit/access.ts';
import { type Command, createCommand } from './kit/commands.ts';
import { isAbort, passesByItself } from './kit/errors.ts';
import { createFrames, type Frames } from './kit/frames.ts';
import { createHttp, type Http, readJson } from './kit/http.ts';
import { loading } from './kit/loading.ts';
import { type Readable, Signal } from './kit/signal.ts';
import { StreamReader } from './kit/streams.ts';
import type { Live, LiveOptions } from './live/messages.ts';
import type { PageReach } from './live/page-reach.ts';
import type { Opened, Opener } from './opened.ts';
import { Outbox } from './outbox/outbox.ts';
import { type KeyValues, StoredSends } from './outbox/stored-sends.ts';
import type { Actions, ConnectionView } from './types.ts';

export interface BoughOptions {
  readonly queryClient: QueryClient;
  /** Where the server is, without a slash at the end. Default: where the page came from. */
  readonly baseUrl?: string;
  /** Go with uploads, which do not go through `fetch`: `authorization`, where no cookie does. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  /** Loads what keeps, over reloads, what was read. Default: nothing is kept. */
  readonly loadKept?: () => Promise<KeptData>;
  /** What was kept so is let go of: somebody signed out, or it was another's. Default: nobody is told. */
  readonly onCleared?: () => void;
  /** Keeps sends over reloads. Default: the browser's localStorage; undefined there: nothing is kept. */
  readonly storage?: KeyValues;
  readonly raf?: (callback: () => void) => unknown;
  readonly environment?: Environment;
  /** Makes the live connection, here or elsewhere. */
  readonly live: (options: LiveOptions) => Live;
}

export interface Bough extends Opener {
  readonly queryClient: QueryClient;
  /** Requests to the server that served this page, for what is loaded later. */
  readonly http: Http;
  /** Where that server is and what goes with every request, for uploads. */
  readonly target: UploadTarget;
  readonly access: Readable<AccessView>;
  /** The commands of docs/protocol.md, one at a time: nothing is shown or kept meanwhile, as it is with `actions`. */
  readonly command: Command;
  readonly actions: Actions;
  readonly connection: Readable<ConnectionView>;
  readonly list: ConversationList;
  readonly outbox: Outbox;
  /** What this browser keeps of what was read; undefined: nothing. */
  readonly kept: KeptReads | undefined;
  readonly models: ReturnType<typeof modelsOf>['query'];
  /** Asks again for all that was refused, at once: somebody has signed in. */
  resume(): void;
  /** Ends the connection and every timer. Unsent messages stay in the storage, the query cache is left to its owner. */
  dispose(): void;
}

export function createBough(options: BoughOptions): Bough {
  const { queryClient, loadKept, onCleared } = options;
  const access = new AccessSignal();
  const environment = options.environment ?? browserEnvironment();
  const storage = options.storage ?? browserStorage();
  const kept = loadKept && new KeptReads({ queryClient, storage, environment, load: loadKept, onCleared });
  const hear = (answer: AccessAnswer) => {
    access.heard(answer);
    kept?.heard(answer);
  };
  const http: Http = createHttp(
    options.baseUrl ?? '',
    fetchTelling(options, () => reach),
    hear,
  );
  const connection = new Signal<ConnectionView>({ kind: 'connecting' });
  const reach = reachOf(http, connection);
  const reader = new StreamReader(http);
  const command = createCommand(http);
  const live = options.live({
    http,
    post: (message) => {
      if (message.kind !== 'state') return feeds.heard(message);
      if (message.view.signedOut) hear({ scope: null, code: SIGNED_OUT });
      reach.lineIs(message.view);
    },
  });
  const feeds = new Feeds({ reader, send: (message) => live.send(message) });
  const frames = createFrames(options.raf ?? ((callback) => requestAnimationFrame(callback)));
  const models = modelsOf(http, queryClient, kept);
  const list = new ConversationList({ queryClient, reader, feeds, kept });
  const storedSends = new StoredSends(storage);
  const isOpen = (conversation: string) => feeds.has(outlineStream(conversation));
  const outbox = new Outbox({ command, storedSends, isOpen });
  let made: Opened | undefined;
  const upload: Actions['upload'] = async (...given) =>
    (await import('./files/upload.ts')).upload(options, ...given);
  const actions = createActions({ command, list, outbox, upload, opened: () => made });

  /** What waits to be sent goes at once, and what could not be read for such a reason is read. */
  const again = (reason: (error: unknown) => boolean) => {
    outbox.connected();
    const predicate = ({ state }: Query) => state.status === 'error' && reason(state.error);
    void queryClient.refetchQueries({ predicate });
  };
  const stops = [
    outbox.pending.subscribe(() => followQueue()),
    connection.subscribe(() => {
      if (connection.get().kind !== 'live') return;
      again(passesByItself);
      models.connected();
    }),
    ...heed(environment, { live, outbox, frames, kept, reach }),
  ];
  const bough: Bough = {
    ...{ queryClient, http, target: options, access, command, actions, connection, list, outbox, kept },
    open(create) {
      const readOnly = () => access.get().readOnly;
      made ??= create({ queryClient, http, reader, feeds, frames, command, outbox, readOnly, kept });
      return made;
    },
    models: models.query,
    resume() {
      live.send({ kind: 'network', online: true });
      again(() => true);
    },
    dispose() {
      for (const stop of stops) stop();
      for (const part of [made, kept, reach, outbox, list, feeds, live]) part?.dispose();
    },
  };
  /** What waits for a reply is sent by what follows trees, also where no conversation is opened. */
  const followQueue = () => {
    if (made || outbox.queue().length === 0) return;
    void import('./opened.ts').then(({ openedOf }) => openedOf(bough)).catch(() => {});
  };
  followQueue();
  return bough;
}

/** As it was given; what becomes of each request tells whether the server can be reached. */
function fetchTelling({ fetch: given }: BoughOptions, reach: () => Reach): typeof fetch {
  const fetch = given ?? ((input, init) => globalThis.fetch(input, init));
  return async (input, init) => {
    try {
      const response = await fetch(input, init);
      reach().happened('answered');
      return response;
    } catch (error) {
      if (!isAbort(error)) reach().lost('failed');
      throw error;
    }
  };
}

interface Reach {
  /** How the live connection stands. */
  lineIs(view: ConnectionView): void;
  /** A request failed, or the network is gone. */
  lost(how: 'failed' | 'offline'): void;
  happened(what: 'answered' | 'online'): void;
  dispose(): void;
}

/** Says whether the server can be reached: by the live connection, and where that stands by what becomes of requests. */
function reachOf(http: Http, connection: Signal<ConnectionView>): Reach {
  let line = connection.get();
  let page: PageReach | undefined;
  /** Its code comes once there is a line: before, that says what is to be said. */
  const watch = async (): Promise<PageReach> => {
    const { PageReach } = await import('./live/page-reach.ts');
    if (page) return page;
    page = new PageReach({ http, show: (view) => connection.set(view) });
    page.lineIs(line);
    return page;
  };
  return {
    lineIs(view) {
      line = view;
      if (page) return page.lineIs(line);
      connection.set(line);
      if (line.kind === 'live') void watch().catch(() => {});
    },
    lost(how) {
      if (line.kind !== 'live') return;
      void watch().then(
        (watched) => watched.happened(how),
        () => {},
      );
    },
    happened: (what) => page?.happened(what),
    dispose() {
      line = { kind: 'paused' };
      page?.dispose();
    },
  };
}

interface Heeding {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly frames: Frames;
  readonly kept: KeptReads | undefined;
  readonly reach: Reach;
}

/** What happens around the page. Returns the ways to stop. */
function heed(environment: Environment, { live, outbox, frames, kept, reach }: Heeding): (() => void)[] {
  if (environment.isHidden()) live.send({ kind: 'visibility', hidden: true });
  return [
    environment.onStored?.((key) => {
      outbox.stored(key);
      kept?.stored(key);
    }) ?? (() => {}),
    environment.onNetwork((online) => {
      live.send({ kind: 'network', online });
      if (!online) return reach.lost('offline');
      reach.happened('online');
      outbox.connected();
    }),
    environment.onVisibility((hidden) => {
      live.send({ kind: 'visibility', hidden });
      if (!hidden) frames.flush();
    }),
  ];
}

/** The list is asked for again after this long while a source has not answered, in ms. */
const STILL_ASKING = 1_000;

/** The models one can ask. Where no network is, those there were: what is written then is sent to one of them once it is back. */
function modelsOf(http: Http, queryClient: QueryClient, kept: KeptReads | undefined) {
  let isKept = false;
  const read = async (signal: AbortSignal): Promise<ModelList> => {
    try {
      const list = await readJson(await http.request(MODELS_PATH, { signal }), modelListSchema);
      isKept = false;
      return list;
    } catch (error) {
      const list = passesByItself(error) ? await kept?.models() : undefined;
      if (!list) throw error;
      isKept = true;
      return list;
    }
  };
  const query = {
    ...loading,
    queryKey: ['models'] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => read(signal),
    refetchInterval: (query: { state: { data: ModelList | undefined; error: Error | null } }) =>
      query.state.data?.sources.some(({ state }) => state === 'asking')
        ? STILL_ASKING
        : loading.refetchInterval(query),
    /** Sources come and go: asked again when the page needs it after a minute. */
    staleTime: 60_000,
  };
  return {
    query,
    connected: () => {
      if (isKept) void queryClient.invalidateQueries({ queryKey: query.queryKey, refetchType: 'all' });
    },
  };
}
