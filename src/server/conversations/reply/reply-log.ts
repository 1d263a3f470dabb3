/**
 * The log of a reply, open for its only writer (docs/protocol.md, "Reply").
 *
 * Every POST carries the sequence number of its first item as `Stream-Seq`, so of two writers only one gets each number;
 * the other is fenced for good. What a lost response did is read from the log before anything is said again.
 */
import { type ReplyItem, VERSION } from '../../../protocol/index.ts';
import type { Finish, Generation, Usage } from '../../../tree/index.ts';
import { type Engine, type Offset, readAll, START } from '../../engine/index.ts';
import type { ReplyEntry, ReplyLog } from '../../replies/port.ts';
import { isMissing } from '../kit/refusals.ts';
import { readLog, streamSeq } from './read-log.ts';

type Outcome = 'written' | 'fenced';

export class LogWriter implements ReplyLog {
  readonly #engine: Engine;
  readonly #stream: string;
  /** Where the next POST begins, as far as acknowledged. */
  #position: Offset = START;
  #seq = 0;
  #fenced = false;
  /** A POST from `#position` on is without an answer: what stands there may be ours. */
  #unsure = false;

  constructor(engine: Engine, stream: string) {
    this.#engine = engine;
    this.#stream = stream;
  }

  /** Creates the log with its start. A log that is begun by somebody else is theirs: writing then says `fenced`. */
  async begin(generation: Generation): Promise<void> {
    if (this.#seq > 0 || this.#fenced) return;
    const { created } = await this.#engine.create(this.#stream);
    this.#fenced = !created && !this.#unsure && (await this.#isBegun());
    await this.write([{ kind: 'start', generation }]);
  }

  async write(entries: readonly ReplyEntry[]): Promise<Outcome> {
    return this.#say(entries, false);
  }

  /** `fenced`: another writer has the log, and its end is theirs. */
  async end(entries: readonly ReplyEntry[], end: Finish, usage?: Usage): Promise<Outcome> {
    const outcome = await this.#say([...entries, { kind: 'end', end, ...(usage && { usage }) }], true);
    this.#fenced = true;
    return outcome;
  }

  /** By somebody else, perhaps long ago: then it may be deleted already. */
  async #isBegun(): Promise<boolean> {
    const log = await readLog(this.#engine, this.#stream);
    return !log || log.closed || log.reply.seq >= 0;
  }

  /** Counts on only when all items are there: after a throw the same entries get the same numbers again. */
  async #say(entries: readonly ReplyEntry[], close: boolean): Promise<Outcome> {
    const items = entries.map(
      (entry, index) => ({ v: VERSION, seq: this.#seq + index, ...entry }) as ReplyItem,
    );
    const next = this.#fenced ? null : await this.#put(items, close);
    this.#fenced = next === null;
    if (next === null) return 'fenced';
    this.#unsure = false;
    this.#position = next;
    this.#seq += items.length;
    return 'written';
  }

  /** The tail after `items`; null when the log is somebody else's, or was settled and deleted meanwhile. */
  async #put(items: readonly ReplyItem[], close: boolean): Promise<Offset | null> {
    try {
      let known = -1;
      for (;;) {
        const unsure = this.#unsure;
        const landed = unsure ? await this.#landed(items) : { count: 0, next: this.#position };
        if (!landed || landed.count === known) return null;
        const rest = items.slice(landed.count);
        if (rest.length === 0) return landed.next;
        this.#unsure = true;
        const next = await this.#post(rest, close);
        // Refused: by what another writer said, or by our own unanswered POST that landed only now.
        if (next !== null || !unsure) return next;
        known = landed.count;
      }
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async #post(items: readonly ReplyItem[], close: boolean): Promise<Offset | null> {
    const seq = streamSeq(items[0]?.seq ?? 0);
    const result = await this.#engine.append(this.#stream, items, { seq, close });
    return result.kind === 'appended' ? result.next : null;
  }

  /** How many of `items` unanswered POSTs left in the log; null when something there is another writer's. */
  async #landed(items: readonly ReplyItem[]): Promise<{ count: number; next: Offset } | null> {
    const { items: found, next, closed } = await readAll(this.#engine, this.#stream, this.#position);
    // An engine that forgot the last number may have taken one of our own twice; readers skip the second.
    const said = [...new Set(found.map((item) => JSON.stringify(item)))];
    const own = said.every((text, index) => text === JSON.stringify(items[index]));
    return own && (!closed || said.length === items.length) ? { count: said.length, next } : null;
  }
}
