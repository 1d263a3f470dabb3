/** The model port: everything Bough asks of a source of models. Adapters stand beside it. */
import type { Message, Model, Source } from '../../protocol/index.ts';
import type { AgentAbilities, ModelRef, SessionRef } from '../../tree/index.ts';
import { type CounterpartEvent, CounterpartFailure, type FileContents } from '../counterparts/port.ts';

export type { FileContent, FileContents } from '../counterparts/port.ts';

/** What a model says, in order. */
export type ModelEvent = Extract<
  CounterpartEvent,
  { kind: 'text' | 'reasoning' | 'recast' | 'tool' | 'picture' | 'finish' }
>;

export interface ModelRequest {
  readonly model: ModelRef;
  /** From 0 to 2. Default: the model's own. */
  readonly temperature?: number;
  /** `contextOf(...)`: from the root to the message to answer. */
  readonly messages: readonly Message[];
  /** What the files of `messages` hold, by hash. One that is not in it is named in words instead. Default: none. */
  readonly files?: FileContents;
  /** Aborting ends the request at the provider too; the iteration then ends or throws, either is fine. */
  readonly signal: AbortSignal;
  /** False: rather without thinking first, where a provider can be told. Default: as the model does. */
  readonly think?: boolean;
  /** Words its answer begins with: the last words of the request. It says what follows them, and not these again. Default: none. */
  readonly begun?: string;
  /** Tokens to reserve for context and answer, where the provider wants to be told (Ollama). */
  readonly window?: number;
  /** Called when the provider sent anything at all, keep-alive comments too: it is slow, but not stalled. */
  readonly alive?: () => void;
}

/** What a reply says of who wrote it. `demo` is the built-in demo's alone. */
export interface ModelName {
  readonly name: string;
  readonly demo?: boolean;
  /** Absent: not known. */
  readonly window?: number;
  readonly images?: boolean;
  readonly audio?: boolean;
  /** It is an agent. */
  readonly agent?: AgentName;
}

/** What commands ask of an agent before they write anything. */
export interface AgentName {
  /** The folder as it is on the disk. Throws Refusal. */
  folder(path: string): Promise<string>;
  /** Starts it, if it is not known. Throws Refusal. */
  abilities(): Promise<AgentAbilities>;
  isOpen(session: SessionRef): boolean;
  /** Whether branches can have copies of the folder. Default: they cannot. */
  copies?(folder: string): Promise<boolean>;
}

/** What is known of a source without asking it. */
export type SourceFacts = Omit<Source, 'id' | 'state' | 'sentence'>;

export interface ModelSource {
  /** The `source` of its models' refs. */
  readonly id: string;
  readonly facts: SourceFacts;
  /** Its models now. Throws `ProviderFailure` if it cannot be asked. Bounded by the adapter to 5 s. */
  list(): Promise<readonly Model[]>;
  /**
   * What is known of one of its models; null: it has no such model, as far as it can know. A source whose requests depend on
   * the window may ask its provider, for a second at most.
   */
  describe(id: string): ModelName | null | Promise<ModelName | null>;
  /** Asks for one reply. Throws `ProviderFailure`, whose failure holds a sentence for people. */
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}

/** A failure of a provider on its way to the reply it failed. */
export class ProviderFailure extends CounterpartFailure {}
