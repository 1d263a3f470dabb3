/** The service: commands by name, the home of replies, repair. Wires the parts; each does its work in its own file. */

import type { EverywhereQuery, FoundEverywhere } from '../../protocol/find/everywhere.ts';
import type { FindQuery, Found } from '../../protocol/find/find.ts';
import type {
  ChatFolderPatch,
  CommandInput,
  CommandName,
  CommandOutput,
  Message,
} from '../../protocol/index.ts';
import {
  ASIDES_DAYS,
  CONVERSATIONS,
  chatFolderSnapshot,
  parseStream,
  replyStream,
} from '../../protocol/index.ts';
import type { HiddenBranches } from '../../protocol/requests/data.ts';
import type { Opening, OpeningPlace } from '../../protocol/requests/opening.ts';
import type { ModelRef } from '../../tree/index.ts';
import { type Engine, EngineError, type Offset } from '../engine/index.ts';
import type { WordStore } from '../everywhere/index.ts';
import type { FileStore } from '../files/index.ts';
import type { ModelName } from '../models/port.ts';
import type { ReplyHome, ReplyLog, ReplyRunner } from '../replies/port.ts';
import { type Adopted, adopt, differences, type StoredConversation, storedOf } from './commands/adopt.ts';
import { answer } from './commands/answer.ts';
import { arrange, chatFolder } from './commands/arrange.ts';
import { type Bringing, type Brought, bring } from './commands/bring.ts';
import { copy } from './commands/copy.ts';
import { edit } from './commands/edit.ts';
import { archive, create, remove, rename, restore, undelete } from './commands/headers.ts';
import { RoomMaking } from './commands/make-room.ts';
import { mark } from './commands/mark.ts';
import { type Chosen, choose, heardOffers, offersIn, openOffers, sayOffers } from './commands/offers.ts';
import { regenerate } from './commands/regenerate.ts';
import { send } from './commands/send.ts';
import { settings } from './commands/settings.ts';
import { stop } from './commands/stop.ts';
import { covered, summarise, type WordsCovered } from './commands/summarise.ts';
import { system } from './commands/system.ts';
import { openView, view } from './commands/view.ts';
import { type EverywhereParts, findEverywhere, hiddenBranches } from './find/everywhere.ts';
import { Feed } from './find/feed.ts';
import { Finder } from './find/find.ts';
import { opening } from './find/opening.ts';
import { allOf, type WholeConversation, whole } from './find/whole.ts';
import type { SegmentOptions } from './index/index-stream.ts';
import { ConversationList } from './index/list.ts';
import { Outlines } from './index/outlines.ts';
import type { Store } from './index/store.ts';
import { type Append, append } from './kit/append.ts';
import { BranchMessages } from './kit/branch-messages.ts';
import { createClock } from './kit/clock.ts';
import { Inputs } from './kit/inputs.ts';
import { KeyedQueue } from './kit/queue.ts';
import { asRefusal, refusals } from './kit/refusals.ts';
import { type Schedule, schedule, Timers } from './kit/timers.ts';
import { post } from './outside/post.ts';
import { put } from './outside/put.ts';
import { asTold } from './outside/refusals.ts';
import type { OutsidePost, OutsidePut, Posted, Put } from './outside/write.ts';
import { Writers } from './outside/writers.ts';
import { Observer } from './recovery/observer.ts';
import { startUp } from './recovery/repair-at-start.ts';
import { Openings } from './recovery/repair-on-opening.ts';
import { tellAsking } from './reply/asks.ts';
import { begunText } from './reply/beginning.ts';
import { context } from './reply/context.ts';
import { interrupt } from './reply/end-unwritten.ts';
import { type Exchange, entitle, firstExchange } from './reply/first-exchange.ts';
import { Logs } from './reply/logs.ts';
import { pastEnds, settle } from './reply/settle.ts';

export interface ConversationService extends ReplyHome {
  /**
   * Carries out a command whose input was parsed by its schema. Acknowledged when it resolves; repeat it with the same ids
   * otherwise. Throws Refusal: what docs/protocol.md, "Commands", says, 503 when the outcome is unknown.
   */
  execute<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /**
   * Says in a branch what comes from outside, or makes one (docs/protocol.md, "Writes"). Acknowledged when it resolves; repeat it
   * otherwise. Throws Refusal: nothing was written, or 503.
   */
  post(wanted: OutsidePost): Promise<Posted>;
  put(wanted: OutsidePut): Promise<Put>;
  /**
   * Brings a whole conversation from elsewhere, or what is new of it (docs/protocol.md, "Transfer"). `signal` stops it between two
   * messages; a repeat goes on. Throws Refusal.
   */
  bring(brought: Brought, signal?: AbortSignal): Promise<Bringing>;
  /** Whether a conversation is here, or was and is deleted; undefined: it never was. Throws Refusal. */
  standing(conversation: string): Promise<'here' | 'deleted' | undefined>;
  /** All that is said in a conversation, for taking it away. Throws Refusal. */
  whole(conversation: string): Promise<WholeConversation>;
  /** What a conversation opens with, mended first. Throws Refusal. */
  opening(conversation: string, place: OpeningPlace): Promise<Opening>;
  /** Ids of the conversations that are here, the oldest first; `recallable`: deleted ones that can be brought back, too. Throws Refusal. */
  all(which?: { readonly recallable?: boolean }): Promise<readonly string[]>;
  /** Folders of conversations as patches, for taking them elsewhere; removed ones too, as what is filed there names them. Throws Refusal. */
  chatFolders(): Promise<readonly ChatFolderPatch[]>;
  /** Takes over folders of conversations, with their times. Throws Refusal. */
  adoptChatFolders(patches: readonly ChatFolderPatch[]): Promise<void>;
  /** All of a conversation as it is stored, mended first. Throws Refusal. */
  stored(conversation: string): Promise<StoredConversation>;
  /** Takes over a conversation as another engine stored it; a repeat goes on. `signal` stops it between two messages. Throws Refusal. */
  adopt(stored: StoredConversation, signal?: AbortSignal): Promise<Adopted>;
  /** What of one is not here as it was there, in words; read anew. Throws Refusal. */
  differences(stored: StoredConversation): Promise<readonly string[]>;
  /**
   * Repairs the conversation if this process did not yet; to be called before its streams are read. Fine, and without
   * effect, for one that does not exist. Throws Refusal when the engine fails.
   */
  open(conversation: string): Promise<void>;
  /**
   * The stream in which the index of the stream `name` goes on (docs/protocol.md, "Roll-over"): sure to be there, with all it begins
   * with, when it resolves. Every other name, and one of a conversation that does not exist, comes back as it is. Throws Refusal.
   */
  newest(name: string): Promise<string>;
  /**
   * Where the snapshot ends that a segment of an index begins with: who has folded the segment before it reads on from there. Null: not
   * known here, or there is none. Throws Refusal.
   */
  snapshotEnd(segment: string): Promise<Offset | null>;
  /** Makes the `view` stream of a conversation that exists; to be called before it is read. Throws Refusal. */
  openView(conversation: string): Promise<void>;
  /** Makes its `offers` stream, the same way. Throws Refusal. */
  openOffers(conversation: string): Promise<void>;
  /** A person's choice of what an agent offers. Throws Refusal. */
  choose(chosen: Chosen): Promise<void>;
  /** Messages of a conversation that answer a question, with excerpts of those from `skip` on. Throws Refusal. */
  find(conversation: string, query: FindQuery, skip: number): Promise<Found>;
  /** Messages of all conversations that answer a question; `choices`: with what can be chosen. Throws Refusal. */
  findEverywhere(query: EverywhereQuery, choices?: boolean): Promise<FoundEverywhere>;
  /** Conversations with hidden branches, and how many each has; counted where their words are kept. Throws Refusal `cannot-find`. */
  hidden(): Promise<HiddenBranches>;
  /** Resolves when all that was written can be found everywhere. */
  fed(): Promise<void>;
  /** What a summary after a reply would stand for, as a model reads it. Throws Refusal. */
  covered(wanted: WordsCovered): Promise<readonly Message[]>;
  /** Models that conversations are set to, the latest choice first, as far as they are read. */
  lastUsed(): readonly ModelRef[];
  /** What `reply` ended, if the conversation may be named by its model after it; else null. Throws Refusal. */
  firstExchange(conversation: string, reply: string): Promise<Exchange | null>;
  /** Says the title a model found, unless a model or a person named the conversation meanwhile. Throws Refusal. */
  entitle(conversation: string, title: string): Promise<void>;
  /** Repair at start; call it once, before the first command. Throws Refusal when the engine fails. */
  start(): Promise<void>;
  /** Ends a reply whose writer is gone as interrupted, and settles it. Throws Refusal when the engine fails. */
  interrupt(conversation: string, reply: string): Promise<void>;
  /** Clears all timers and waits for commands under way. Call it after the runner's own shutdown. */
  shutdown(): Promise<void>;
}

export interface ConversationDeps {
  readonly engine: Engine;
  /** Made at once with the home it shall use. */
  readonly runner: (home: ConversationService) => ReplyRunner;
  /** Null for a model that is not there: commands that ask for it are refused with 422. */
  readonly models: { describe(model: ModelRef): ModelName | null | Promise<ModelName | null> };
  /** Default: there are none. */
  readonly files?: Pick<FileStore, 'use' | 'sweep'>;
  /** The system prompt that new conversations begin with, where `send` asks for it; empty: none. Default: none. */
  readonly defaultPrompt?: () => string;
  /**
   * True when no other process writes to the engine (the embedded one's lock proves it): then replies that are open and
   * do not run here are ended by repair. Else they are observed, and ended once nobody writes them. Default: true.
   */
  readonly alone?: boolean;
  /** Where the words of all conversations are kept to be found. Default: they are not. */
  readonly words?: WordStore;
  /** Called with each failure of the engine, whether or not a request waits for it. Default: nothing. */
  readonly trouble?: (error: unknown) => void;
  /** A conversation goes for good, 30 days after it was deleted: what is kept of it elsewhere is to go, too. Default: nothing is. */
  readonly purged?: (conversation: string) => Promise<void>;
  /** Messages are hidden no more, and what follows them. Default: nobody is told. */
  readonly shown?: (conversation: string, messages: readonly string[]) => void;
  /** A summary as a model writes it. Throws Refusal. Default: nobody writes any. */
  readonly summarise?: Store['summarise'];
  /** ms since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Default: timers that do not keep the process alive. */
  readonly schedule?: Schedule;
  /** How many forks deep a branch may be before its chain is copied. Default: 64. */
  readonly forkDepth?: number;
  /** After so many days asides go that nobody kept, spoke in or looked at; 0: never. Default: 14. */
  readonly asidesDays?: number;
  /** How many items an index takes before it rolls over. Default: 20,000. */
  readonly segmentItems?: number;
  /** Default: the append of the write order. Tests prove with a worse one that they would notice. */
  readonly append?: Append;
}

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

function serviceOf(store: Store, everywhere: EverywhereParts | undefined): ConversationService {
  const openings = new Openings(store);
  const observer = new Observer(store);
  const logs = new Logs(store.engine);
  const finder = new Finder(store);
  const writers = new Writers();
  return {
    execute: (name, input) =>
      refusing(store, async () => {
        if (!('conversation' in input)) return handlers[name](store, input);
        await openings.open(input.conversation);
        const { conversation } = 'from' in input ? input.from : input;
        return pastEnds(store, conversation, () => handlers[name](store, input));
      }),
    post: (wanted) =>
      refusing(store, async () => {
        await openings.open(wanted.conversation);
        return pastEnds(store, wanted.conversation, () => post(store, writers, wanted)).catch((error) => {
          throw asTold(error);
        });
      }),
    put: (wanted) =>
      refusing(store, async () => {
        await openings.open(wanted.conversation);
        return pastEnds(store, wanted.conversation, () => put(store, writers, wanted)).catch((error) => {
          throw asTold(error);
        });
      }),
    bring: (brought, signal) =>
      refusing(store, async () => {
        await openings.open(brought.conversation);
        return bring(store, brought, signal);
      }),
    standing: (conversation) =>
      refusing(store, async () => {
        const found = await store.list.find(conversation);
        return found && (found.header.deleted ? 'deleted' : 'here');
      }),
    whole: (conversation) =>
      refusing(store, async () => {
        await openings.open(conversation);
        return whole(store, conversation);
      }),
    opening: (conversation, place) =>
      refusing(store, async () => {
        await openings.open(conversation);
        return opening(store, conversation, place);
      }),
    all: (which) => refusing(store, () => allOf(store, which)),
    chatFolders: () =>
      refusing(store, async () => {
        await store.list.refresh();
        return chatFolderSnapshot(store.list.folders);
      }),
    adoptChatFolders: (patches) => refusing(store, () => store.list.adopt(patches)),
    stored: (conversation) =>
      refusing(store, async () => {
        await openings.open(conversation);
        return storedOf(store, conversation);
      }),
    adopt: (stored, signal) => refusing(store, () => adopt(store, stored, signal)),
    differences: (stored) => refusing(store, () => differences(store, stored)),
    open: (conversation) => refusing(store, () => openings.open(conversation)),
    newest: (name) => refusing(store, async () => (await indexOf(store, name))?.newest ?? name),
    snapshotEnd: (segment) =>
      refusing(store, async () => {
        const index = await indexOf(store, segment);
        return index?.newest === segment ? index.snapshotEnd : null;
      }),
    covered: (wanted) =>
      refusing(store, async () => {
        await openings.open(wanted.conversation);
        return pastEnds(store, wanted.conversation, () => covered(store, wanted));
      }),
    lastUsed: () => store.list.models(),
    firstExchange: (conversation, reply) => refusing(store, () => firstExchange(store, conversation, reply)),
    entitle: (conversation, title) => refusing(store, () => entitle(store, conversation, title)),
    openView: (conversation) => refusing(store, () => openView(store, conversation)),
    openOffers: (conversation) => refusing(store, () => openOffers(store, conversation)),
    choose: (chosen) => refusing(store, () => choose(store, chosen)),
    find: (conversation, query, skip) =>
      refusing(store, async () => {
        await openings.open(conversation);
        return finder.find(conversation, query, skip);
      }),
    findEverywhere: (query, choices = false) =>
      refusing(store, () => findEverywhere(store, everywhere, query, choices)),
    hidden: () => refusing(store, () => hiddenBranches(store, everywhere)),
    fed: async () => everywhere?.feed.idle(),
    start: () =>
      refusing(store, async () => {
        if (!store.alone) observer.start();
        await startUp(store, openings);
        everywhere?.feed.start();
      }),
    interrupt: (conversation, reply) => refusing(store, () => interrupt(store, conversation, reply)),
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
    settle: async (conversation, reply) => {
      await settle(store, conversation, reply);
    },
    shutdown: async () => {
      store.timers.clear();
      store.room.clear();
      await Promise.all([store.queue.idle(), everywhere?.feed.stop()]);
    },
  };
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
