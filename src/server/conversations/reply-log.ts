/**
 * The log of a reply, open for its only writer (docs/protocol.md, "Reply").
 *
 * Every POST carries the sequence number of its first item as `Stream-Seq`, so of two writers only one gets each number;
 * the other is fenced for good. What a lost response did is read from the log before anything is said again.
 */
import { type ReplyItem, VERSION } from '../../protocol/index.ts';
import type { Finish, Generation, Usage } from '../../tree/index.ts';
import { type AppendResult, type Engine, type Offset, readAll, START } from '../engine/index.ts';
import type { ReplyEntry, ReplyLog } from '../replies/port.ts';
import { streamSeq } from './read-log.ts';

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
    await this.#engine.create(this.#stream);
    await this.write([{ kind: 'start', generation }]);
  }

  async write(entries: readonly ReplyEntry[]): Promise<Outcome> {
    return this.#say(entries, false);
  }

  async end(entries: readonly ReplyEntry[], end: Finish, usage?: Usage): Promise<void> {
    await this.#say([...entries, { kind: 'end', end, ...(usage && { usage }) }], true);
    this.#fenced = true;
  }

  /** Counts on only when the items are there: after a throw the same entries get the same numbers again. */
  async #say(entries: readonly ReplyEntry[], close: boolean): Promise<Outcome> {
    if (this.#fenced) return 'fenced';
    const items = entries.map(
      (entry, index) => ({ v: VERSION, seq: this.#seq + index, ...entry }) as ReplyItem,
    );
    const landed = this.#unsure ? await this.#landed(items) : 0;
    const rest = items.slice(landed);
    if (!this.#fenced && rest.length > 0) await this.#post(rest, close);
    if (this.#fenced) return 'fenced';
    this.#seq += items.length;
    return 'written';
  }

  async #post(items: readonly ReplyItem[], close: boolean): Promise<void> {
    this.#unsure = true;
    const seq = streamSeq((items[0] as ReplyItem).seq);
    const result: AppendResult = await this.#engine.append(this.#stream, items, { seq, close });
    this.#unsure = false;
    if (result.kind === 'appended') this.#position = result.next;
    else this.#fenced = true;
  }

  /** How many of `items` an unanswered POST left in the log. Anything else there is another writer's. */
  async #landed(items: readonly ReplyItem[]): Promise<number> {
    const { items: found, next, closed } = await readAll(this.#engine, this.#stream, this.#position);
    const own = found.every((item, index) => JSON.stringify(item) === JSON.stringify(items[index]));
    if (!own || (closed && found.length < items.length)) this.#fenced = true;
    this.#position = next;
    this.#unsure = false;
    return found.length;
  }
}
