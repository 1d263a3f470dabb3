/** For tests: a service on an engine in memory, its clock and its timers by hand, and a runner that does as it is told. */
import {
  branchStream,
  CONVERSATIONS,
  type Conversations,
  foldConversations,
  type Message,
  noConversations,
  outlineStream,
  type QuestionPart,
  readOutline,
} from '../../protocol/index.ts';
import { emptyTree, type Finish, foldOutline, type Generation, type Tree } from '../../tree/index.ts';
import {
  type AppendOptions,
  type Engine,
  EngineUnavailable,
  type ForkPoint,
  type ReadOptions,
  readAll,
  START,
} from '../engine/index.ts';
import { MemoryEngine } from '../engine/testing/memory.ts';
import type { ReplyHome, ReplyLog, ReplyRunner } from '../replies/port.ts';
import { type ConversationDeps, type ConversationService, createConversations } from './index.ts';
import type { Schedule } from './kit/timers.ts';

export const MODEL = { source: 'demo', id: 'demo' };

/** Timers that fire when `pass` says so. */
export function handClock(start = 1_000) {
  const waiting = new Set<{ at: number; task: () => void }>();
  let time = start;
  const schedule: Schedule = (ms, task) => {
    const timer = { at: time + ms, task };
    waiting.add(timer);
    return () => waiting.delete(timer);
  };
  const pass = (ms: number) => {
    time += ms;
    for (const timer of [...waiting]) {
      if (timer.at > time || !waiting.delete(timer)) continue;
      timer.task();
    }
  };
  return { now: () => time, schedule, pass, waiting: () => waiting.size };
}

/** A reply as a test writes it: opened when it starts, then told what to say. */
class HandRunner implements ReplyRunner {
  readonly home: ReplyHome;
  readonly started = new Map<string, { conversation: string; generation: Generation }>();
  readonly logs = new Map<string, Promise<ReplyLog>>();
  /** What is said to its replies does not reach it, as if it were stuck. */
  deaf = false;
  /** Answers its replies took. */
  readonly answers: [question: string, option: string][] = [];
  readonly #asked = new Map<string, QuestionPart>();
  readonly #ears = new Map<string, AbortController>();

  constructor(home: ReplyHome) {
    this.home = home;
  }

  start(conversation: string, generation: Generation): void {
    if (this.started.has(generation.id)) return;
    this.started.set(generation.id, { conversation, generation });
    const log = this.home.openLog(conversation, generation);
    log.catch(() => {});
    void this.#listen(conversation, generation.id);
    this.logs.set(generation.id, log);
  }

  running(reply: string): boolean {
    return this.started.has(reply);
  }

  async #listen(conversation: string, reply: string): Promise<void> {
    const ears = new AbortController();
    this.#ears.set(reply, ears);
    for await (const item of this.home.heard(conversation, reply, ears.signal)) {
      if (this.deaf) continue;
      if (item.kind === 'stop') await this.stop(reply);
      else await this.#answer(reply, item.question, item.option);
    }
  }

  async say(reply: string, text: string, part = 0): Promise<'written' | 'fenced'> {
    return (await this.#log(reply)).write([{ kind: 'delta', part, of: 'text', text }]);
  }

  /** Asks as the first part of the reply; the first answer is written. */
  async ask(reply: string, question: QuestionPart): Promise<void> {
    this.#asked.set(reply, question);
    await (await this.#log(reply)).write([{ kind: 'part', part: 0, whole: question }]);
  }

  async #answer(reply: string, question: string, option: string): Promise<void> {
    const whole = this.#asked.get(reply);
    if (whole?.id !== question || !this.#asked.delete(reply)) return;
    this.answers.push([question, option]);
    const answered = { ...whole, answer: { option, at: 9_000 } };
    await (await this.#log(reply)).write([{ kind: 'part', part: 0, whole: answered }]);
  }

  async end(reply: string, finish: Partial<Finish> = {}): Promise<void> {
    await (await this.#log(reply)).end([], { reason: 'complete', at: 9_000, ...finish });
    await this.#settle(reply);
  }

  async stop(reply: string, reason: 'stopped' | 'interrupted' = 'stopped'): Promise<void> {
    if (this.started.has(reply)) await this.end(reply, { reason });
  }

  async shutdown(): Promise<void> {
    for (const reply of [...this.started.keys()]) await this.stop(reply, 'interrupted');
  }

  /** As a crash of the process would: whatever ran is forgotten. */
  forget(): void {
    for (const reply of this.started.keys()) this.#ears.get(reply)?.abort();
    this.started.clear();
    this.logs.clear();
  }

  async #settle(reply: string): Promise<void> {
    const { conversation } = this.started.get(reply) ?? { conversation: '' };
    await this.home.settle(conversation, reply);
    this.#ears.get(reply)?.abort();
    this.started.delete(reply);
    this.logs.delete(reply);
  }

  #log(reply: string): Promise<ReplyLog> {
    return this.logs.get(reply) ?? Promise.reject(new Error(`${reply} does not run`));
  }
}

type Call = 'create' | 'fork' | 'append' | 'read' | 'head' | 'delete';

/** An engine in memory whose next calls of a kind fail: `before` they take effect, or only in their answer (`after`). */
export class FailingEngine extends MemoryEngine {
  readonly calls: string[] = [];
  readonly reads: { readonly stream: string; readonly from: string }[] = [];
  #plan: { call: Call; stream: string; when: 'before' | 'after' }[] = [];

  /** Once per time it is said, for the first call that fits; `stream` is how its name ends. */
  failNext(call: Call, when: 'before' | 'after', stream = ''): void {
    this.#plan.push({ call, stream, when });
  }

  /** Nothing fails any more. */
  healed(): this {
    this.#plan = [];
    return this;
  }

  override create(stream: string) {
    return this.#with('create', stream, () => super.create(stream));
  }

  override fork(stream: string, from: ForkPoint) {
    return this.#with('fork', stream, () => super.fork(stream, from));
  }

  override append(stream: string, items: readonly unknown[], options?: AppendOptions) {
    return this.#with('append', stream, () => super.append(stream, items, options));
  }

  override read(stream: string, from: string, options?: ReadOptions) {
    this.reads.push({ stream, from });
    return this.#with('read', stream, () => super.read(stream, from, options));
  }

  override head(stream: string) {
    return this.#with('head', stream, () => super.head(stream));
  }

  override delete(stream: string) {
    return this.#with('delete', stream, () => super.delete(stream));
  }

  async #with<T>(call: Call, stream: string, carryOut: () => Promise<T>): Promise<T> {
    this.calls.push(`${call} ${stream}`);
    const at = this.#plan.findIndex((step) => step.call === call && stream.endsWith(step.stream));
    const [step] = at < 0 ? [] : this.#plan.splice(at, 1);
    if (step?.when === 'before') throw new EngineUnavailable('no answer (planned)', stream);
    const result = await carryOut();
    if (step?.when === 'after') throw new EngineUnavailable('no answer (planned)', stream);
    return result;
  }
}

/** It cuts its pages itself, as engines elsewhere do. */
export class CoarseEngine extends FailingEngine {
  override read(stream: string, from: string) {
    return super.read(stream, from);
  }
}

/** Lets what is asked for happen; then time passes for what waits. */
export async function meanwhile<T>(
  work: Promise<T>,
  ...clocks: readonly { pass: (ms: number) => void }[]
): Promise<T> {
  let done = false;
  const over = () => {
    done = true;
  };
  void work.then(over, over);
  while (!done) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    for (const clock of clocks) clock.pass(500);
  }
  return work;
}

export interface Bench {
  readonly engine: Engine;
  readonly service: ConversationService;
  readonly runner: HandRunner;
  readonly clock: ReturnType<typeof handClock>;
  readonly troubles: unknown[];
}

export function bench(deps: Partial<ConversationDeps> = {}): Bench {
  const engine = deps.engine ?? new MemoryEngine();
  const clock = handClock();
  const troubles: unknown[] = [];
  let runner: HandRunner | undefined;
  const service = createConversations({
    engine,
    models: { describe: ({ id }) => (id === MODEL.id ? { name: 'Demo', demo: true } : null) },
    now: clock.now,
    schedule: clock.schedule,
    trouble: (error) => troubles.push(error),
    ...deps,
    runner: (home) => {
      runner = new HandRunner(home);
      return runner;
    },
  });
  return { engine, service, runner: runner as unknown as HandRunner, clock, troubles };
}

/** An id of one letter and a number reads well in a test, and is long enough. */
export const id = (name: string): string => `${name}${'-'.repeat(Math.max(0, 8 - name.length))}`;

export const CONVERSATION = id('c1');

/** A conversation with nothing said yet. */
export async function benchWith(deps: Partial<ConversationDeps> = {}): Promise<Bench> {
  const made = bench(deps);
  await made.service.start();
  await made.service.execute('create', { conversation: CONVERSATION });
  return made;
}

/** Sends `name` after `parent`; its reply is called `r` and the same name. */
export function send(
  { service }: Pick<Bench, 'service'>,
  name: string,
  parent: string | null,
  text = `says ${name}`,
) {
  return service.execute('send', {
    conversation: CONVERSATION,
    message: id(name),
    parent: parent === null ? null : id(parent),
    text,
    reply: id(`r${name}`),
    model: MODEL,
  });
}

export async function readTree(engine: Engine, conversation = CONVERSATION): Promise<Tree> {
  const { items } = await readAll(engine, outlineStream(conversation), START);
  return foldOutline(emptyTree, readOutline(items));
}

export async function readList(engine: Engine): Promise<Conversations> {
  const { items } = await readAll(engine, CONVERSATIONS, START);
  return foldConversations(noConversations, items as never);
}

export async function readBranch(
  engine: Engine,
  branch: string,
  conversation = CONVERSATION,
): Promise<Message[]> {
  const { items } = await readAll(engine, branchStream(conversation, branch), START);
  return items as Message[];
}
