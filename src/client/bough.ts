/** The client of one page: everything wired together. React-free; the hooks are in src/client/hooks. */
import type { Query, QueryClient } from '@tanstack/query-core';
import { MODELS_PATH, type ModelList, modelListSchema, outlineStream } from '../protocol/index.ts';
import { createActions } from './actions.ts';
import { browserEnvironment, browserStorage, type Environment } from './environment.ts';
import type { UploadTarget } from './files/upload.ts';
import { Feeds } from './folds/feeds.ts';
import { ConversationList } from './folds/list.ts';
import { type KeptData, KeptReads } from './kept/kept.ts';
import { AccessSignal, type AccessView, SIGNED_OUT } from './kit/access.ts';
import { type Command, createCommand } from './kit/commands.ts';
import { isAbort, passesByItself } from './kit/errors.ts';
import { createFrames } from './kit/frames.ts';
import { createHttp, type Http, readJson } from './kit/http.ts';
import { loading } from './kit/loading.ts';
import { type Readable, Signal } from './kit/signal.ts';
import { StreamReader } from './kit/streams.ts';
import type { Live, LiveOptions } from './live/messages.ts';
import type { PageReach } from './live/page-reach.ts';
import type { Opened, Opener } from './opened.ts';
import { Outbox } from './outbox/outbox.ts';
import { type KeyValues, Shelf } from './outbox/shelf.ts';
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
  const { queryClient } = options;
  const access = new AccessSignal();
  const environment = options.environment ?? browserEnvironment();
  const storage = options.storage ?? browserStorage();
  const { loadKept, onCleared } = options;
  const kept = loadKept && new KeptReads({ queryClient, storage, environment, load: loadKept, onCleared });
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const http = createHttp(
    options.baseUrl ?? '',
    async (input, init) => {
      try {
        const response = await fetch(input, init);
        reach?.happened('answered');
        return response;
      } catch (error) {
        if (!isAbort(error)) pageLost('failed');
        throw error;
      }
    },
    (answer) => {
      access.heard(answer);
      kept?.heard(answer);
    },
  );
  const reader = new StreamReader(http);
  const command = createCommand(http);

  const connection = new Signal<ConnectionView>({ kind: 'connecting' });
  const live = options.live({
    http,
    post: (message) => {
      if (message.kind !== 'state') return feeds.heard(message);
      if (message.view.signedOut) {
        access.heard({ scope: null, code: SIGNED_OUT });
        kept?.heard({ scope: null, code: SIGNED_OUT });
      }
      line = message.view;
      if (reach) return reach.lineIs(line);
      connection.set(line);
      if (line.kind === 'live') void watchPage().catch(() => {});
    },
  });
  let line = connection.get();
  let reach: PageReach | undefined;
  /** Its code comes once there is a line: before, that says what is to be said. */
  const watchPage = async (): Promise<PageReach> => {
    const { PageReach } = await import('./live/page-reach.ts');
    if (reach) return reach;
    reach = new PageReach({ http, show: (view) => connection.set(view) });
    reach.lineIs(line);
    return reach;
  };
  const pageLost = (how: 'failed' | 'offline') => {
    if (line.kind === 'live')
      void watchPage().then(
        (page) => page.happened(how),
        () => {},
      );
  };
  const feeds = new Feeds({ reader, send: (message) => live.send(message) });
  const frames = createFrames(options.raf ?? ((callback) => requestAnimationFrame(callback)));

  const models = modelsOf(http, queryClient, kept);
  const list = new ConversationList({ queryClient, reader, feeds, kept });
  const shelf = new Shelf(storage);
  const outbox = new Outbox({
    command,
    shelf,
    isOpen: (conversation) => feeds.has(outlineStream(conversation)),
  });
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
    environment.onStored?.((key) => {
      outbox.stored(key);
      kept?.stored(key);
    }) ?? (() => {}),
    outbox.pending.subscribe(() => followQueue()),
    connection.subscribe(() => {
      if (connection.get().kind !== 'live') return;
      again(passesByItself);
      models.connected();
    }),
    environment.onNetwork((online) => {
      live.send({ kind: 'network', online });
      if (!online) return pageLost('offline');
      reach?.happened('online');
      outbox.connected();
    }),
    environment.onVisibility((hidden) => {
      live.send({ kind: 'visibility', hidden });
      if (!hidden) frames.flush();
    }),
  ];
  if (environment.isHidden()) live.send({ kind: 'visibility', hidden: true });

  const bough: Bough = {
    ...{
      queryClient,
      http,
      target: options,
      access,
      command,
      actions,
      connection,
      list,
      outbox,
      kept,
    },
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
      made?.dispose();
      kept?.dispose();
      line = { kind: 'paused' };
      reach?.dispose();
      for (const part of [outbox, list, feeds, live]) part.dispose();
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
