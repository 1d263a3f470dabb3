/** Replies of a simulated server: a model that says a few words, none at all, or fails, and stops when told. */
import { type QuestionPart, Refusal } from '../../../protocol/index.ts';
import type { Finish, Generation } from '../../../tree/index.ts';
import { EngineError } from '../../engine/index.ts';
import type { ReplyEntry, ReplyHome, ReplyLog, ReplyRunner } from '../../replies/port.ts';
import { trueLog } from './truth.ts';
import type { World } from './world.ts';

/** What simulated replies ask. */
const QUESTION: QuestionPart = {
  ...{ kind: 'question', id: 'q', asks: 'question', title: 'Go on?' },
  options: [
    { id: 'yes', name: 'Yes' },
    { id: 'no', name: 'No' },
  ],
};

interface Work {
  stop?: 'stopped' | 'interrupted';
  readonly ears: AbortController;
  /** The first answer to what it asks. */
  answer?: string;
  /** It has said something: what it asks is the part behind that. */
  spoke?: boolean;
  done: Promise<void>;
}

const PATIENCE = 8;
const MOST_WORDS = 4;

export class SimRunner implements ReplyRunner {
  readonly #world: World;
  readonly #home: ReplyHome;
  readonly #works = new Map<string, Work>();

  constructor(world: World, home: ReplyHome) {
    this.#world = world;
    this.#home = home;
  }

  start(conversation: string, generation: Generation): void {
    if (this.#works.has(generation.id)) return;
    const work: Work = { done: Promise.resolve(), ears: new AbortController() };
    this.#works.set(generation.id, work);
    void this.#listen(conversation, generation.id, work);
    work.done = this.#run(conversation, generation, work)
      .catch((error) => this.#note(generation, error))
      .finally(() => {
        work.ears.abort();
        this.#works.delete(generation.id);
      });
  }

  running(reply: string): boolean {
    return this.#works.has(reply);
  }

  get busy(): boolean {
    return this.#works.size > 0;
  }

  async stop(reply: string, reason: 'stopped' | 'interrupted' = 'stopped'): Promise<void> {
    const work = this.#works.get(reply);
    if (!work) return;
    work.stop ??= reason;
    await work.done;
  }

  async shutdown(): Promise<void> {}

  async #listen(conversation: string, reply: string, work: Work): Promise<void> {
    for await (const item of this.#home.heard(conversation, reply, work.ears.signal)) {
      if (item.kind === 'stop') work.stop ??= 'stopped';
      else if (item.question === QUESTION.id) work.answer ??= item.option;
    }
  }

  async #run(conversation: string, generation: Generation, work: Work): Promise<void> {
    const log = await this.#persist(() => this.#home.openLog(conversation, generation));
    const context = await this.#persist(() => this.#home.context(conversation, generation));
    if (context.at(-1)?.id !== generation.parent)
      this.#world.violations.push(`${generation.id}: wrong context`);
    const fenced =
      (await this.#begin(log, conversation, generation)) ||
      (await this.#speak(log, work)) ||
      (await this.#ask(log, conversation, generation, work));
    if (!fenced) await this.#end(log, conversation, generation, work);
    await this.#persist(() => this.#home.settle(conversation, generation.id));
  }

  /** What it is to begin with, of another reply. True when it is fenced. */
  async #begin(log: ReplyLog, conversation: string, generation: Generation): Promise<boolean> {
    const text = await this.#persist(() => this.#home.begun(conversation, generation));
    if (text?.length !== generation.origin.begun)
      this.#world.violations.push(`${generation.id}: begins with something else`);
    if (text === undefined) return false;
    return (
      (await this.#persist(() => log.write([{ kind: 'delta', part: 0, of: 'text', text }]))) === 'fenced'
    );
  }

  async #speak(log: ReplyLog, work: Work): Promise<boolean> {
    const words = this.#world.random.below(MOST_WORDS + 1);
    // Each writing in its own words: two writers in one log would show.
    const own = this.#world.id('w');
    for (let word = 1; word <= words; word += 1) {
      const text = `${own}.${word} `;
      await this.#world.turn();
      if (work.stop) return false;
      const entries: ReplyEntry[] = [{ kind: 'delta', part: 0, of: 'text', text }];
      if (this.#world.random.chance(0.2)) entries.unshift({ kind: 'beat' });
      if ((await this.#persist(() => log.write(entries))) === 'fenced') return true;
      work.spoke = true;
    }
    return false;
  }

  /** Sometimes it asks, and goes on when it was answered or stopped. True when it is fenced. */
  async #ask(log: ReplyLog, conversation: string, { id }: Generation, work: Work): Promise<boolean> {
    if (work.stop || !work.spoke || !this.#world.random.chance(0.6)) return false;
    this.#home.asks(conversation, id, true);
    const asked: ReplyEntry = { kind: 'part', part: 1, whole: QUESTION };
    if ((await this.#persist(() => log.write([asked]))) === 'fenced') return true;
    const patience = this.#world.random.below(60);
    for (let wait = 0; wait < patience && !work.stop && work.answer === undefined; wait += 1)
      await this.#world.turn();
    this.#home.asks(conversation, id, false);
    const { answer: option } = work;
    if (option === undefined) return false;
    const whole = { ...QUESTION, answer: { option, at: this.#world.now() } };
    return (await this.#persist(() => log.write([{ kind: 'part', part: 1, whole }]))) === 'fenced';
  }

  async #end(log: ReplyLog, conversation: string, { id }: Generation, work: Work): Promise<void> {
    const outcome = await this.#persist(() => log.end([], this.#finish(work)));
    // Fenced without having said a word: another server writes it, and may be at it still.
    if (outcome === 'written' && !(await trueLog(this.#world, conversation, id))?.end)
      this.#world.violations.push(`reply ${id}: its end is lost`);
  }

  #finish(work: Work): Finish {
    const failed = this.#world.random.chance(0.2);
    return { reason: work.stop ?? (failed ? 'failed' : 'complete'), at: this.#world.now() };
  }

  /** Repeats with the same entries, as the port asks; gives up in the end, as the real runner does. */
  async #persist<T>(task: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof EngineError && error.kind === 'unavailable') || attempt >= PATIENCE)
          throw error;
      }
    }
  }

  #note(generation: Generation, error: unknown): void {
    if (error instanceof EngineError && error.kind === 'unavailable') return;
    const said = error instanceof Refusal ? `${error.code}: ${error.message}` : String(error);
    this.#world.violations.push(`reply ${generation.id}: ${said}`);
  }
}
