/** For tests: a service on an engine in memory, its clock and its timers by hand, and a runner that does as it is told. */
import {
  branchStream,
  type Message,
  outlineItemSchema,
  outlineStream,
  readItems,
} from '../../protocol/index.ts';
import {
  emptyTree,
  type Finish,
  foldOutline,
  type Generation,
  type OutlineChange,
  type Tree,
} from '../../tree/index.ts';
import { type Engine, readAll, START } from '../engine/index.ts';
import { MemoryEngine } from '../engine/memory.ts';
import type { ReplyHome, ReplyLog, ReplyRunner } from '../replies/port.ts';
import { type ConversationDeps, type ConversationService, createConversations } from './index.ts';
import type { Schedule } from './timers.ts';

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
export class HandRunner implements ReplyRunner {
  readonly home: ReplyHome;
  readonly started = new Map<string, { conversation: string; generation: Generation }>();
  readonly logs = new Map<string, Promise<ReplyLog>>();

  constructor(home: ReplyHome) {
    this.home = home;
  }

  start(conversation: string, generation: Generation): void {
    if (this.started.has(generation.id)) return;
    this.started.set(generation.id, { conversation, generation });
    const log = this.home.openLog(conversation, generation);
    log.catch(() => {});
    this.logs.set(generation.id, log);
  }

  running(reply: string): boolean {
    return this.started.has(reply);
  }

  async say(reply: string, text: string, part = 0): Promise<'written' | 'fenced'> {
    return (await this.#log(reply)).write([{ kind: 'delta', part, of: 'text', text }]);
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
    this.started.clear();
    this.logs.clear();
  }

  async #settle(reply: string): Promise<void> {
    const { conversation } = this.started.get(reply) ?? { conversation: '' };
    await this.home.settle(conversation, reply);
    this.started.delete(reply);
    this.logs.delete(reply);
  }

  #log(reply: string): Promise<ReplyLog> {
    return this.logs.get(reply) ?? Promise.reject(new Error(`${reply} does not run`));
  }
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
  return foldOutline(emptyTree, readItems(outlineItemSchema, items) as OutlineChange[]);
}

export async function readBranch(
  engine: Engine,
  branch: string,
  conversation = CONVERSATION,
): Promise<Message[]> {
  const { items } = await readAll(engine, branchStream(conversation, branch), START);
  return items as Message[];
}
