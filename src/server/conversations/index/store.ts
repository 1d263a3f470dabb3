/** What the parts of the write order share. Made once per process by `createConversations`. */
import type { CommandInput } from '../../../protocol/index.ts';
import type { SummaryLine, SummaryRequest } from '../../../protocol/requests/summaries.ts';
import type { ModelRef } from '../../../tree/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { FileStore } from '../../files/index.ts';
import type { ModelName } from '../../models/port.ts';
import type { ReplyRunner } from '../../replies/port.ts';
import type { Append } from '../kit/append.ts';
import type { BranchMessages } from '../kit/branch-messages.ts';
import type { Clock } from '../kit/clock.ts';
import type { Inputs } from '../kit/inputs.ts';
import type { KeyedQueue } from '../kit/queue.ts';
import type { Timers } from '../kit/timers.ts';
import type { ConversationList } from './list.ts';
import type { Outlines } from './outlines.ts';

export interface Store {
  readonly engine: Engine;
  readonly append: Append;
  readonly branches: BranchMessages;
  readonly clock: Clock;
  readonly files: Pick<FileStore, 'use' | 'sweep'>;
  readonly list: ConversationList;
  readonly inputs: Inputs;
  readonly outlines: Outlines;
  /** Everything that reads a conversation and then writes it runs here, under the conversation's id. */
  readonly queue: KeyedQueue;
  readonly timers: Timers;
  readonly runner: () => ReplyRunner;
  readonly describe: (model: ModelRef) => Promise<ModelName | null>;
  /** The system prompt that new conversations begin with; empty: none. */
  readonly defaultPrompt: () => string;
  /** No other process writes to the engine, so an open reply that does not run here has no writer. */
  readonly alone: boolean;
  /** How many forks deep a branch may be before its chain is copied. */
  readonly forkDepth: number;
  /** After so many days asides go that nobody kept, spoke in or looked at. 0: never. */
  readonly asidesDays: number;
  /** A summary as a model writes it. Throws Refusal. */
  readonly summarise: (request: SummaryRequest, signal: AbortSignal) => Promise<AsyncIterable<SummaryLine>>;
  /** Summaries being written for messages that wait for room. */
  readonly room: {
    take(
      store: Store,
      message: string,
      request: SummaryRequest,
    ): { readonly text: string; readonly usage?: CommandInput<'summarise'>['usage'] };
    clear(): void;
  };
  /** A conversation goes for good: what is kept of it elsewhere goes with it. */
  readonly purged: (conversation: string) => Promise<void>;
  /** Messages are hidden no more. */
  readonly shown: (conversation: string, messages: readonly string[]) => void;
  /** Told what the engine failed at. */
  readonly trouble: (error: unknown) => void;
}
