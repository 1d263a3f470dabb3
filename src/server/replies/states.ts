/**
 * States, events and actions of the generation machine (machine.ts).
 *
 * ```
 *            opened            first word
 *  opening ─────────▶ waiting ───────────▶ writing
 *     │ stop, opened     │ finish, failed, cut,  │
 *     │                  │ stop, stalled         │
 *     │                  ▼                       │
 *     └──────────────▶ ending ◀─────────────────┘        fenced: waiting, writing, asking, ending ──▶ settling
 *                        │ ended                         engine gave up: any ──▶ ended (left to repair)
 *                        ▼       settled
 *                     settling ─────────▶ ended
 *
 *  waiting, writing ──question──▶ asking ──all answered or withdrawn──▶ writing
 * ```
 *
 * Asking, it waits for a person: for as long as it takes, there is no stall. A stop that `cancels` leaves it as it is, `stopping`,
 * until the counterpart has ended its turn or the patience with it.
 */

import type { FormValues } from '../../protocol/parts/question-fields.ts';
import type { Failure, Finish, Usage } from '../../tree/index.ts';
import type { CounterpartEvent } from '../counterparts/port.ts';
import type { PartsSoFar, SpokenEvent } from './parts-so-far.ts';
import type { ReplyEntry } from './port.ts';

/** The one call to the engine: none, under way, or failed and to be repeated when the retry timer fires. */
type EngineCall = 'idle' | 'busy' | 'again';

/** How it goes with the engine: `attempt` counts failures in a row. */
interface Effort {
  readonly call: EngineCall;
  readonly attempt: number;
}

/** How much the log was given, in UTF-16 code units. */
export interface LogSize {
  /** Words, thoughts and calls of models. */
  readonly said: number;
  /** Parts that were said as a whole. */
  readonly whole: number;
}

/** The log is open and the model was asked. */
export interface Open extends Effort {
  readonly kind: 'waiting' | 'writing' | 'asking';
  readonly words: PartsSoFar;
  /** Handed to the log and not acknowledged; what is repeated is repeated as it was. */
  readonly sent: readonly ReplyEntry[];
  readonly size: LogSize;
  /** The flush timer runs: what comes now waits for it. */
  readonly paced: boolean;
  /** It was told to stop and may still say what it did. */
  readonly stopping: boolean;
}

export interface Outcome {
  readonly finish: Finish;
  readonly usage?: Usage;
}

/** `busy` with `last: false` waits for a write that was under way when the end came. */
export interface EndingState extends Effort {
  readonly kind: 'ending';
  readonly outcome: Outcome;
  readonly entries: readonly ReplyEntry[];
  /** How many of `entries` the write under way holds. */
  readonly sent: number;
  readonly last: boolean;
}

export type GenerationState =
  /** `outcome`: it was stopped before its log was open. */
  | (Effort & { readonly kind: 'opening'; readonly outcome: Outcome | null })
  | Open
  | EndingState
  | (Effort & { readonly kind: 'settling' })
  /** `left`: something could not be written; repair does the rest. */
  | { readonly kind: 'ended'; readonly left: boolean };

export type TimerName = 'flush' | 'silence' | 'stall' | 'retry' | 'patience';

export type Event =
  | { readonly kind: 'opened' | 'written' | 'fenced' | 'ended' | 'settled' }
  /** The call under way failed; `again`: it may succeed later. */
  | { readonly kind: 'engine-failed'; readonly again: boolean }
  | SpokenEvent
  | Extract<CounterpartEvent, { kind: 'finish' | 'withdrawn' }>
  /** Bytes that say nothing. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'turn-failed'; readonly failure: Failure }
  /** The model's stream ended without a finish. */
  | { readonly kind: 'turn-cut' }
  /** A person chose an option of a question. */
  | {
      readonly kind: 'answer';
      readonly question: string;
      readonly option: string;
      readonly values?: FormValues;
    }
  /** `cancels`: the counterpart can be told, and ends its turn by itself. */
  | { readonly kind: 'stop'; readonly reason: 'stopped' | 'interrupted'; readonly cancels?: boolean }
  | { readonly kind: TimerName };

export type Action =
  | { readonly kind: 'open' | 'ask' | 'settle' }
  /** Ends the request at the provider. */
  | { readonly kind: 'abort' }
  /** Tells the counterpart to end its turn. */
  | { readonly kind: 'cancel' }
  /** Tells the counterpart what a person chose. */
  | {
      readonly kind: 'answer';
      readonly question: string;
      readonly option: string;
      readonly values?: FormValues;
    }
  /** Tells everybody that the reply waits for a person, or does so no more. */
  | { readonly kind: 'asks'; readonly asks: boolean }
  | { readonly kind: 'write'; readonly entries: readonly ReplyEntry[] }
  | ({ readonly kind: 'end'; readonly entries: readonly ReplyEntry[] } & Outcome)
  /** (Re)starts a timer; timing.ts says how long it runs. `attempt`: of the retry timer, from 1. */
  | { readonly kind: 'arm'; readonly timer: TimerName; readonly attempt?: number }
  | { readonly kind: 'disarm'; readonly timer: TimerName };

export interface GenerationStep {
  readonly state: GenerationState;
  readonly actions: readonly Action[];
}
