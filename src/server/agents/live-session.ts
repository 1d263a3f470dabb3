/** A session that is open in an agent's process: what it says goes to the turn under way, or while it is loaded is read as a replay. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionRef } from '../../tree/index.ts';
import type { SessionEnd, Update } from './link.ts';
import type { OfferBook } from './offer-book.ts';
import { Offered } from './offered.ts';
import type { RpcMessage } from './process.ts';
import { clean, textOf } from './updates.ts';

/** Who hears a session while a turn is under way. */
export interface TurnEar {
  update(update: Update): void;
  permission(params: RpcMessage, signal: AbortSignal): Promise<unknown>;
  elicitation(params: RpcMessage, signal: AbortSignal): Promise<unknown>;
  /** The agent is done with an address that was to be opened. */
  elicited(id: string): void;
}

/** Who hears a session while it says what was said before. */
export interface ReplayEar {
  hear(update: Update): void;
}

/** How long nothing may come until a replay is over, in ms: where it ends as it has to, and where it does not. */
const QUIET = 100;
const MISSING = 500;
const LOOK = 20;
/** Nobody waits longer for one that does not end, in ms. */
const LONGEST = 60_000;

const CANCELLED = { outcome: { outcome: 'cancelled' } };

export class LiveSession implements SessionEnd {
  readonly id: string;
  /** Prompts it had, as far as is known; undefined: another client may have gone on in it. */
  turn: number | undefined;
  /** A turn is under way, or one that was given up may still be. */
  ear: TurnEar | undefined;
  readonly offered = new Offered();
  /** The conversation it was prompted in last; undefined: in none yet, so what it offers waits. */
  conversation: string | undefined;
  book: OfferBook | undefined;
  #hears: ((update: Update) => void) | undefined;

  constructor(id: string, turn?: number) {
    this.id = id;
    this.turn = turn;
  }

  update(update: Update): void {
    if (this.offered.hear(update)) this.book?.tellSoon(this.offered);
    else if (this.ear) this.ear.update(update);
    else this.#hears?.(update);
  }

  /** From now on what comes is what was said before. */
  replay(history?: ReplayEar): Replay {
    const replay = new Replay();
    this.#hears = (update) => {
      replay.hear(update);
      history?.hear(update);
    };
    return replay;
  }

  /** What comes is no replay any more. */
  replayed(): void {
    this.#hears = undefined;
  }

  /** Outside of a turn nobody is there to be asked. */
  permission = async (params: RpcMessage, signal: AbortSignal): Promise<unknown> =>
    this.ear ? this.ear.permission(params, signal) : CANCELLED;

  elicitation = async (params: RpcMessage, signal: AbortSignal): Promise<unknown> =>
    this.ear ? this.ear.elicitation(params, signal) : { action: 'cancel' };

  elicited(id: string): void {
    this.ear?.elicited(id);
  }
}

/** What a session replays of itself: enough to tell where it ends. */
export class Replay {
  turns = 0;
  #words = '';
  #message: string | undefined;
  #isPerson = false;
  /** The turn each message was named in first. */
  readonly #named = new Map<string, number>();
  /** A name that stands in several turns says nothing of where. */
  readonly #ambiguous = new Set<string>();
  isEmpty = true;
  #heard = 0;

  hear(update: Update): void {
    this.#heard += 1;
    const { content, messageId } = update as { content?: { type: string }; messageId?: string };
    switch (update.sessionUpdate) {
      case 'user_message_chunk':
        if (!this.#isPerson) {
          this.turns += 1;
          this.#words = '';
        }
        this.#isPerson = true;
        this.isEmpty = false;
        return;
      case 'agent_message_chunk':
        this.#words += content ? textOf(content) : '';
        if (messageId != null) this.#name(messageId);
        this.#isPerson = false;
        this.isEmpty = false;
        return;
      case 'agent_thought_chunk':
      case 'tool_call':
        this.#isPerson = false;
        this.isEmpty = false;
    }
  }

  /** Resolves once nothing more comes: some agents answer before the last of what they replay is out. `isWhole`: it ends where it has to. */
  async heardOut(isWhole: () => boolean): Promise<void> {
    let silent = 0;
    // What was asked last is mostly answered, too.
    const patience = () => (isWhole() && !this.#isPerson ? QUIET : MISSING);
    for (let waited = 0; waited < LONGEST && silent < patience(); waited += LOOK) {
      const heard = this.#heard;
      await sleep(LOOK, undefined, { ref: false });
      silent = this.#heard === heard ? silent + LOOK : 0;
    }
  }

  #name(message: string): void {
    const first = this.#named.get(message);
    if (first === undefined) this.#named.set(message, this.turns);
    else if (first !== this.turns) this.#ambiguous.add(message);
    this.#message = message;
  }

  /** It ends with the turn of `ref`: by the name of its last message, or by its words. */
  endsAt(ref: SessionRef): boolean {
    if (this.isEmpty || this.#isPerson) return false;
    const isNamed = ref.message !== undefined && !this.#ambiguous.has(ref.message);
    if (isNamed && ref.message === this.#message) return true;
    // The same words may have been said again later. Of long sessions some replay the last messages only.
    return this.turns <= ref.turn && ref.mark !== undefined && ref.mark === markOf(this.#words);
  }
}

/** A fingerprint of words that does not depend on how they were cut and set; undefined: there are none. */
export function markOf(words: string): string | undefined {
  const text = clean(words).replace(/\s+/g, '');
  return text === '' ? undefined : createHash('sha256').update(text).digest('hex').slice(0, 16);
}
