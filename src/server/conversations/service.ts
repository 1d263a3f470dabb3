/** The service: commands by name, the home of replies, repair. Wires the parts; each does its work in its own file. */
import {
  ASIDES_DAYS,
  CONVERSATIONS,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  chatFolderSnapshot,
  parseStream,
  replyStream,
} from '../../protocol/index.ts';
import { EngineError, type Offset } from '../engine/index.ts';
import type { ReplyHome, ReplyLog, ReplyRunner } from '../replies/port.ts';
import { adopt, differences, storedOf } from './commands/adopt.ts';
import { answer } from './commands/answer.ts';
import { arrange, chatFolder } from './commands/arrange.ts';
import { bring } from './commands/bring.ts';
import { copy } from './commands/copy.ts';
import { edit } from './commands/edit.ts';
import { archive, create, remove, rename, restore, undelete } from './commands/headers.ts';
import { RoomMaking } from './commands/make-room.ts';
import { mark } from './commands/mark.ts';
import { choose, heardOffers, offersIn, openOffers, sayOffers } from './commands/offers.ts';
import { regenerate } from './commands/regenerate.ts';
import { send } from './commands/send.ts';
import { settings } from './commands/settings.ts';
import { stop } from './commands/stop.ts';
import { covered, summarise } from './commands/summarise.ts';
import { system } from './commands/system.ts';
import { openView, view } from './commands/view.ts';
import { type EverywhereParts, findEverywhere, hiddenBranches } from './find/everywhere.ts';
import { Feed } from './find/feed.ts';
import { Finder } from './find/find.ts';
import { opening } from './find/opening.ts';
import { allOf, whole } from './find/whole.ts';
import type { SegmentOptions } from './index/index-stream.ts';
import { ConversationList } from './index/list.ts';
import { Outlines } from './index/outlines.ts';
import type { Store } from './index/store.ts';
import { append } from './kit/append.ts';
import { BranchMessages } from './kit/branch-messages.ts';
import { createClock } from './kit/clock.ts';
import { Inputs } from './kit/inputs.ts';
import { KeyedQueue } from './kit/queue.ts';
import { asRefusal, refusals } from './kit/refusals.ts';
import { schedule, Timers } from './kit/timers.ts';
import { post } from './outside/post.ts';
import { put } from './outside/put.ts';
import { asTold } from './outside/refusals.ts';
import { Writers } from './outside/writers.ts';
import type { ConversationDeps, ConversationService } from './port.ts';
import { Observer } from './recovery/observer.ts';
import { startUp } from './recovery/repair-at-start.ts';
import { Openings } from './recovery/repair-on-opening.ts';
import { tellAsking } from './reply/asking-replies.ts';
import { begunText } from './reply/begin-inside-answer.ts';
import { context } from './reply/context.ts';
import { interrupt } from './reply/end-unwritten.ts';
import { entitle, firstExchange } from './reply/first-exchange.ts';
import { Logs } from './reply/logs.ts';
import { pastEnds, settle } from './reply/settle.ts';

const FORK_DEPTH = 64;
const nobodySummarises: Store['summarise'] = async () => {
  throw refusals.unknownModel();
};
const NO_FILES = { use: async () => null, sweep: async () => {} };

export function createConversations(deps: ConversationDeps): ConversationService {
  const { engine } = deps;
  const clock = createClock(deps.now);
  const timers = new Timers(deps.schedule ?? schedule);
  let runner: ReplyRunner | undefined;
  const alone = deps.alone ?? true;
  // What is cut by the end of the process is no trouble: the next start repairs it.
  const trouble = (error: unknown): void => {
    if (!timers.isCleared) deps.trouble?.(error);
  };
  const segments = (stream: string): SegmentOptions => ({
    most: deps.segmentItems,
    later: (ms, task) => {
      timers.drop(`roll ${stream}`);
      timers.once(`roll ${stream}`, ms, task);
    },
    trouble,
  });
  let feed: Feed | undefined;
  const store: Store = {
    engine,
    append: deps.append ?? append,
    branches: new BranchMessages(engine),
    clock,
    files: deps.files ?? NO_FILES,
    list: new ConversationList(engine, clock, segments(CONVERSATIONS), (conversation, fields) => {
      if ('archived' in fields || 'deleted' in fields) feed?.note(conversation);
    }),
    inputs: new Inputs({ engine, timers, alone, trouble }),
    outlines: new Outlines(engine, segments, (conversation) => feed?.note(conversation)),
    queue: new KeyedQueue(),
    timers,
    runner: () => runner as ReplyRunner,
    describe: async (model) => deps.models.describe(model),
    defaultPrompt: deps.defaultPrompt ?? (() => ''),
    alone,
    forkDepth: deps.forkDepth ?? FORK_DEPTH,
    asidesDays: deps.asidesDays ?? ASIDES_DAYS,
    trouble,
    summarise: deps.summarise ?? nobodySummarises,
    purged: deps.purged ?? (async () => {}),
    shown: deps.shown ?? (() => {}),
    room: new RoomMaking(),
  };
  feed = deps.words && new Feed(store, deps.words);
  const service = serviceOf(store, feed && deps.words ? { feed, words: deps.words } : undefined);
  runner = deps.runner(service);
  return service;
}

interface IndexedStream {
  readonly newest: string;
  readonly snapshotEnd: Offset | null;
}

type Handlers = {
  readonly [N in CommandName]: (store: Store, input: CommandInput<N>) => Promise<CommandOutput<N>>;
};

const handlers: Handlers = {
  create,
  rename,
  archive,
  restore,
  delete: remove,
  undelete,
  settings,
  send,
  edit,
  copy,
  mark,
  regenerate,
  stop,
  answer,
  arrange,
  'chat-folder': chatFolder,
  system,
  summarise,
  view,
};

interface ServiceParts {
  readonly store: Store;
  readonly openings: Openings;
  readonly everywhere: EverywhereParts | undefined;
}

function serviceOf(store: Store, everywhere: EverywhereParts | undefined): ConversationService {
  const parts = { store, everywhere, openings: new Openings(store) };
  return {
    ...writes(parts),
    ...transfers(parts),
    ...reads(parts),
    ...streams(parts),
    ...finds(parts),
    ...replyHome(store),
    ...life(parts),
  };
}

type Writes = Pick<ConversationService, 'execute' | 'post' | 'put' | 'choose'>;

function writes(parts: ServiceParts): Writes {
  const { store, openings } = parts;
  const writers = new Writers();
  const outside = <T>(conversation: string, task: () => Promise<T>): Promise<T> =>
    mended(parts, conversation, () =>
      pastEnds(store, conversation, task).catch((error) => {
        throw asTold(error);
      }),
    );
  return {
    execute: (name, input) =>
      refusing(store, async () => {
        if (!('conversation' in input)) return handlers[name](store, input);
        await openings.open(input.conversation);
        const { conversation } = 'from' in input ? input.from : input;
        return pastEnds(store, conversation, () => handlers[name](store, input));
      }),
    post: (wanted) => outside(wanted.conversation, () => post(store, writers, wanted)),
    put: (wanted) => outside(wanted.conversation, () => put(store, writers, wanted)),
    choose: (chosen) => refusing(store, () => choose(store, chosen)),
  };
}

type Transfers = Pick<
  ConversationService,
  'bring' | 'stored' | 'adopt' | 'differences' | 'chatFolders' | 'adoptChatFolders'
>;

function transfers(parts: ServiceParts): Transfers {
  const { store } = parts;
  return {
    bring: (brought, signal) => mended(parts, brought.conversation, () => bring(store, brought, signal)),
    stored: (conversation) => mended(parts, conversation, () => storedOf(store, conversation)),
    adopt: (stored, signal) => refusing(store, () => adopt(store, stored, signal)),
    differences: (stored) => refusing(store, () => differences(store, stored)),
    chatFolders: () =>
      refusing(store, async () => {
        await store.list.refresh();
        return chatFolderSnapshot(store.list.folders);
      }),
    adoptChatFolders: (patches) => refusing(store, () => store.list.adopt(patches)),
  };
}

type Reads = Pick<
  ConversationService,
  'standing' | 'whole' | 'opening' | 'all' | 'covered' | 'firstExchange' | 'lastUsed'
>;

function reads(parts: ServiceParts): Reads {
  const { store } = parts;
  return {
    standing: (conversation) =>
      refusing(store, async () => {
        const found = await store.list.find(conversation);
        return found && (found.header.deleted ? 'deleted' : 'here');
      }),
    whole: (conversation) => mended(parts, conversation, () => whole(store, conversation)),
    opening: (conversation, place) => mended(parts, conversation, () => opening(store, conversation, place)),
    all: (which) => refusing(store, () => allOf(store, which)),
    covered: (wanted) => {
      const { conversation } = wanted;
      return mended(parts, conversation, () => pastEnds(store, conversation, () => covered(store, wanted)));
    },
    firstExchange: (conversation, reply) => refusing(store, () => firstExchange(store, conversation, reply)),
    lastUsed: () => store.list.models(),
  };
}

type Streams = Pick<ConversationService, 'open' | 'newest' | 'snapshotEnd' | 'openView' | 'openOffers'>;

/** Before they are read by others. */
function streams({ store, openings }: ServiceParts): Streams {
  return {
    open: (conversation) => refusing(store, () => openings.open(conversation)),
    newest: (name) => refusing(store, async () => (await indexOf(store, name))?.newest ?? name),
    snapshotEnd: (segment) =>
      refusing(store, async () => {
        const index = await indexOf(store, segment);
        return index?.newest === segment ? index.snapshotEnd : null;
      }),
    openView: (conversation) => refusing(store, () => openView(store, conversation)),
    openOffers: (conversation) => refusing(store, () => openOffers(store, conversation)),
  };
}

function finds(parts: ServiceParts): Pick<ConversationService, 'find' | 'findEverywhere' | 'hidden' | 'fed'> {
  const { store, everywhere } = parts;
  const finder = new Finder(store);
  return {
    find: (conversation, query, skip) =>
      mended(parts, conversation, () => finder.find(conversation, query, skip)),
    findEverywhere: (query, choices = false) =>
      refusing(store, () => findEverywhere(store, everywhere, query, choices)),
    hidden: () => refusing(store, () => hiddenBranches(store, everywhere)),
    fed: async () => everywhere?.feed.idle(),
  };
}

/** What replies need of it. Failures are the runner's own, which tries again; the title is asked for by others. */
function replyHome(store: Store): ReplyHome {
  const logs = new Logs(store.engine);
  return {
    openLog: (conversation, generation): Promise<ReplyLog> =>
      logs.open(replyStream(conversation, generation.id), generation),
    context: (conversation, generation) => context(store, conversation, generation),
    begun: (conversation, generation) => begunText(store, conversation, generation),
    tree: async (conversation) => (await store.outlines.of(conversation)).tree,
    offers: (conversation) => offersIn(store, conversation),
    offer: (conversation, offers) => sayOffers(store, conversation, offers),
    heardOffers: (conversation, signal) => heardOffers(store, conversation, signal),
    asks: (conversation, reply, asks) => tellAsking(store, conversation, reply, asks),
    heard: (conversation, reply, signal) => store.inputs.heard(conversation, reply, signal),
    entitle: (conversation, title) => refusing(store, () => entitle(store, conversation, title)),
    settle: async (conversation, reply) => {
      await settle(store, conversation, reply);
    },
  };
}

function life({
  store,
  openings,
  everywhere,
}: ServiceParts): Pick<ConversationService, 'start' | 'interrupt' | 'shutdown'> {
  const observer = new Observer(store);
  return {
    start: () =>
      refusing(store, async () => {
        if (!store.alone) observer.start();
        await startUp(store, openings);
        everywhere?.feed.start();
      }),
    interrupt: (conversation, reply) => refusing(store, () => interrupt(store, conversation, reply)),
    shutdown: async () => {
      store.timers.clear();
      store.room.clear();
      await Promise.all([store.queue.idle(), everywhere?.feed.stop()]);
    },
  };
}

/** Does it with a conversation that was repaired, if this process did not yet. */
function mended<T>(parts: ServiceParts, conversation: string, task: () => Promise<T>): Promise<T> {
  return refusing(parts.store, async () => {
    await parts.openings.open(conversation);
    return task();
  });
}

/** The index of which `name` is a segment, refreshed; null for every other name, and for a conversation that does not exist. */
async function indexOf({ list, outlines }: Store, name: string): Promise<IndexedStream | null> {
  const stream = parseStream(name);
  if (stream?.kind === 'conversations') {
    await list.refresh();
    return list;
  }
  if (stream?.kind !== 'outline' || !(await list.find(stream.conversation))) return null;
  return outlines.of(stream.conversation);
}

/** People get a sentence; what was behind it goes to the log. */
async function refusing<T>({ trouble }: Store, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof EngineError) trouble(error);
    throw asRefusal(error);
  }
}
