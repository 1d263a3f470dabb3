/** One generation at work: the effects around the machine. */

import type { InputItem, StoredFile } from '../../protocol/index.ts';
import { formValuesSchema } from '../../protocol/parts/question-fields.ts';
import type { Generation } from '../../tree/index.ts';
import type { Counterpart, FileContent, Session } from '../counterparts/port.ts';
import { EngineError } from '../engine/errors.ts';
import { ask } from './ask.ts';
import { start, step } from './machine.ts';
import type { ReplyEntry, ReplyHome, ReplyLog } from './port.ts';
import type { Action, Event, GenerationState, TimerName } from './states.ts';
import { type Clock, durationOf, type Pace } from './timing.ts';

export interface RunOptions {
  readonly home: ReplyHome;
  readonly counterpart: (ref: Generation['model']) => Counterpart | undefined;
  readonly readFile: (hash: string) => Promise<FileContent | null>;
  readonly keepFile: (bytes: Uint8Array) => Promise<StoredFile>;
  readonly clock: Clock;
  /** Of all generations of this process. */
  readonly pace: Pace;
  /** How many generations run now. */
  readonly running: () => number;
  readonly onTrouble: (trouble: Trouble) => void;
}

/** For the log: what people are told less of. `given-up`: the reply is left to repair. */
export interface Trouble {
  readonly reply: string;
  readonly what: 'engine' | 'model' | 'given-up';
  readonly error?: unknown;
}

/** Runs from its construction on. Nothing it does throws; whoever made it waits for `ended` or calls `drop`. */
export class Run {
  /** Resolves once settled, or given up. */
  readonly ended: Promise<void>;
  readonly #conversation: string;
  readonly #generation: Generation;
  readonly #options: RunOptions;
  readonly #provider = new AbortController();
  /** People are listened to until it aborts. */
  readonly #ears = new AbortController();
  readonly #timers = new Map<TimerName, () => void>();
  #session: Session | undefined;
  #state: GenerationState = start.state;
  #log: ReplyLog | undefined;
  /** ms from the question to the first word. */
  #firstWord: number | undefined;
  #end = () => {};

  constructor(conversation: string, generation: Generation, options: RunOptions) {
    this.#conversation = conversation;
    this.#generation = generation;
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    for (const action of start.actions) this.#perform(action);
  }

  stop(reason: 'stopped' | 'interrupted'): void {
    const cancels = reason === 'stopped' && this.#session?.cancels !== undefined;
    this.#dispatch({ kind: 'stop', reason, ...(cancels && { cancels }) });
  }

  /** Lets go of provider, people and timers; what is not written by now is left to repair. */
  drop(): void {
    this.#provider.abort();
    this.#ears.abort();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#state = { kind: 'ended', left: true };
    this.#end();
  }

  #dispatch(event: Event): void {
    if (this.#state.kind === 'ended') return;
    const { state, actions } = step(this.#state, event, this.#options.clock.now());
    this.#state = state;
    for (const action of actions) this.#perform(action);
    if (state.kind !== 'ended') return;
    this.#ears.abort();
    if (state.left) this.#trouble('given-up');
    this.#end();
  }

  #perform(action: Action): void {
    switch (action.kind) {
      case 'open':
        return this.#call(async () => {
          this.#log = await this.#options.home.openLog(this.#conversation, this.#generation);
          return 'opened';
        });
      case 'ask':
        void this.#ask();
        void this.#listen();
        return;
      case 'abort':
        this.#provider.abort();
        return;
      case 'cancel':
        this.#session?.cancels?.cancel();
        return;
      case 'answer':
        this.#session?.asks?.answer(action.question, action.option, action.values);
        return;
      case 'asks':
        this.#options.home.asks(this.#conversation, this.#generation.id, action.asks);
        return;
      case 'write':
        return this.#call(() => this.#write(action.entries));
      case 'end':
        return this.#call(async () => {
          const { entries, finish, usage } = action;
          const firstWord = this.#firstWord;
          const end = firstWord === undefined ? finish : { ...finish, firstWord };
          await this.#opened.end(entries, end, usage);
          return 'ended';
        });
      case 'settle':
        return this.#call(async () => {
          await this.#options.home.settle(this.#conversation, this.#generation.id);
          return 'settled';
        });
      case 'arm':
        return this.#arm(action.timer, action.attempt);
      case 'disarm':
        return this.#disarm(action.timer);
    }
  }

  async #write(entries: readonly ReplyEntry[]): Promise<'written' | 'fenced'> {
    const { clock, pace } = this.#options;
    const began = clock.now();
    const outcome = await this.#opened.write(entries);
    pace.took(clock.now() - began);
    return outcome;
  }

  get #opened(): ReplyLog {
    if (!this.#log) throw new Error('The log of the reply is not open.');
    return this.#log;
  }

  async #ask(): Promise<void> {
    const { home, counterpart, readFile, keepFile } = this.#options;
    const events = ask({
      conversation: this.#conversation,
      generation: this.#generation,
      home,
      counterpart,
      readFile,
      keepFile,
      signal: this.#provider.signal,
      opened: (session) => {
        this.#session = session;
      },
      alive: () => this.#dispatch({ kind: 'alive' }),
      onTrouble: (error) => this.#trouble('model', error),
    });
    for await (const event of events) {
      if (isWord(event)) this.#firstWord ??= this.#sinceAsked();
      this.#dispatch(event);
      if (this.#provider.signal.aborted) return;
    }
  }

  async #listen(): Promise<void> {
    const { home } = this.#options;
    const heard = home.heard(this.#conversation, this.#generation.id, this.#ears.signal);
    for await (const item of heard) {
      if (item.kind === 'stop') this.stop('stopped');
      if (item.kind === 'answer') this.#dispatch(answerIn(item));
    }
  }

  #sinceAsked(): number {
    return Math.max(0, this.#options.clock.now() - this.#generation.started);
  }

  /** A call to the engine: whatever comes of it is told to the machine. */
  #call(call: () => Promise<'opened' | 'written' | 'fenced' | 'ended' | 'settled'>): void {
    const run = async (): Promise<Event> => {
      try {
        return { kind: await call() };
      } catch (error) {
        this.#trouble('engine', error);
        return { kind: 'engine-failed', again: error instanceof EngineError && error.kind === 'unavailable' };
      }
    };
    void run().then((event) => this.#dispatch(event));
  }

  #arm(timer: TimerName, attempt?: number): void {
    this.#disarm(timer);
    const { clock, pace, running } = this.#options;
    const fire = () => {
      this.#timers.delete(timer);
      this.#dispatch({ kind: timer });
    };
    const ms = timer === 'flush' ? pace.pause(running()) : durationOf(timer, attempt);
    this.#timers.set(timer, clock.schedule(ms, fire));
  }

  #disarm(timer: TimerName): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }

  #trouble(what: Trouble['what'], error?: unknown): void {
    this.#options.onTrouble({ reply: this.#generation.id, what, ...(error !== undefined && { error }) });
  }
}

/** What is no answer to a form is left to the machine, which does not take it for one. */
function answerIn({ question, option, values }: InputItem & { kind: 'answer' }): Event {
  const filled = formValuesSchema.safeParse(values);
  return { kind: 'answer', question, option, ...(filled.success && { values: filled.data }) };
}

function isWord(event: Event): boolean {
  if (event.kind === 'text' || event.kind === 'reasoning') return event.text !== '';
  return ['tool', 'file', 'part', 'question'].includes(event.kind);
}
