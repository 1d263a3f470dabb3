/** What the service of conversations does for the rest of the server, and what it needs of it. */
import type { EverywhereQuery, FoundEverywhere } from '../../protocol/find/everywhere.ts';
import type { FindQuery, Found } from '../../protocol/find/find.ts';
import type {
  ChatFolderPatch,
  CommandInput,
  CommandName,
  CommandOutput,
  Message,
} from '../../protocol/index.ts';
import type { HiddenBranches } from '../../protocol/requests/data.ts';
import type { Opening, OpeningPlace } from '../../protocol/requests/opening.ts';
import type { ModelRef } from '../../tree/index.ts';
import type { Engine, Offset } from '../engine/index.ts';
import type { FileStore } from '../files/index.ts';
import type { ModelName } from '../models/port.ts';
import type { ReplyHome, ReplyRunner } from '../replies/port.ts';
import type { WordStore } from '../word-index/index.ts';
import type { Adopted, StoredConversation } from './commands/adopt.ts';
import type { Bringing, Brought } from './commands/bring.ts';
import type { Chosen } from './commands/offers.ts';
import type { WordsCovered } from './commands/summarise.ts';
import type { WholeConversation } from './find/whole.ts';
import type { Store } from './index/store.ts';
import type { Append } from './kit/append.ts';
import type { Schedule } from './kit/timers.ts';
import type { OutsidePost, OutsidePut, Posted, Put } from './outside/write.ts';
import type { Exchange } from './reply/first-exchange.ts';

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
