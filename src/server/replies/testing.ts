/** What the tests of this folder stand on: a clock that moves when told, a home that keeps its logs in memory. */
import {
  emptyReply,
  foldReply,
  type InputItem,
  type Message,
  type Reply,
  type ReplyItem,
  VERSION,
} from '../../protocol/index.ts';
import { noOffers } from '../../protocol/streams/offers.ts';
import { emptyTree, type Generation } from '../../tree/index.ts';
import { EngineUnavailable } from '../engine/errors.ts';
import type { ModelEvent, ModelRequest, ModelSource } from '../models/port.ts';
import type { ReplyEntry, ReplyHome } from './port.ts';
import type { Clock } from './timing.ts';

export interface FakeClock extends Clock {
  /** Moves on by `ms`, fires what is due in order, and lets everything that follows from it happen. */
  pass(ms: number): Promise<void>;
  /** Timers that wait. */
  readonly waiting: () => number;
}

export function fakeClock(): FakeClock {
  let now = 0;
  let count = 0;
  const timers = new Map<number, { at: number; task: () => void }>();
  const due = (until: number) =>
    [...timers].filter(([, { at }]) => at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  return {
    now: () => now,
    schedule: (ms, task) => {
      count += 1;
      const id = count;
      timers.set(id, { at: now + ms, task });
      return () => timers.delete(id);
    },
    waiting: () => timers.size,
    pass: async (ms) => {
      const until = now + ms;
      await quiet();
      for (let next = due(until); next; next = due(until)) {
        const [id, { at, task }] = next;
        timers.delete(id);
        now = at;
        task();
        await quiet();
      }
      now = until;
    },
  };
}

/** Lets all promises that can settle do so. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Numbers entries as the port demands (it counts on when a call succeeds) and folds them. */
export class MemoryLog {
  readonly items: ReplyItem[] = [];
  /** The size of each POST that landed. */
  readonly posts: string[][] = [];
  closed = false;
  #acknowledged = 1;

  constructor(generation: Generation) {
    this.items.push({ v: VERSION, kind: 'start', seq: 0, generation });
  }

  land(entries: readonly ReplyEntry[], close = false): void {
    const items = entries.map(
      (entry, index) => ({ v: VERSION, ...entry, seq: this.#acknowledged + index }) as ReplyItem,
    );
    this.items.push(...items);
    this.posts.push(items.map(({ kind }) => kind));
    this.closed ||= close;
  }

  acknowledge(entries: readonly ReplyEntry[]): void {
    this.#acknowledged += entries.length;
  }

  get reply(): Reply {
    return foldReply(emptyReply, this.items);
  }
}

/** How the engine takes a call: as it should, without an answer (`landed` or not), for good, or not at all. */
type Fate = 'well' | 'unavailable' | 'landed' | 'missing' | 'fenced' | 'hangs';

export interface FakeHome extends ReplyHome {
  readonly logs: ReadonlyMap<string, MemoryLog>;
  readonly settled: readonly string[];
  /** Who waits for a person, as it was said. */
  readonly asking: readonly (readonly [reply: string, asks: boolean])[];
  /** What becomes of each call to come; `well` for all after the last. */
  readonly fates: { open: Fate[]; write: Fate[]; end: Fate[]; settle: Fate[] };
  context: ReplyHome['context'];
  begun: ReplyHome['begun'];
  /** Says something to the reply, as any server may. */
  hear(reply: string, ...items: InputItem[]): Promise<void>;
}

export function fakeHome(messages: readonly Message[] = []): FakeHome {
  const logs = new Map<string, MemoryLog>();
  const settled: string[] = [];
  const asking: (readonly [string, boolean])[] = [];
  const inputs = new Map<string, { items: InputItem[]; wake: () => void }>();
  const inputOf = (reply: string) => {
    const input = inputs.get(reply) ?? { items: [], wake: () => {} };
    inputs.set(reply, input);
    return input;
  };
  const fates: FakeHome['fates'] = { open: [], write: [], end: [], settle: [] };
  return {
    logs,
    settled,
    asking,
    asks: (_, reply, asks) => asking.push([reply, asks]),
    fates,
    context: async () => messages,
    begun: async () => undefined,
    tree: async () => emptyTree,
    entitle: async () => {},
    offers: async () => noOffers,
    offer: async () => {},
    async *heardOffers() {},
    hear: async (reply, ...items) => {
      inputOf(reply).items.push(...items);
      inputOf(reply).wake();
      await quiet();
    },
    async *heard(_, reply, signal) {
      const input = inputOf(reply);
      signal.addEventListener('abort', () => input.wake());
      for (let at = 0; !signal.aborted; ) {
        const item = input.items[at];
        if (item) yield item;
        else
          await new Promise<void>((resolve) => {
            input.wake = resolve;
          });
        if (item) at += 1;
      }
    },
    openLog: async (_, generation) => {
      await meet(fates.open.shift());
      const log = logs.get(generation.id) ?? new MemoryLog(generation);
      logs.set(generation.id, log);
      return {
        write: async (entries) => {
          const fate = fates.write.shift();
          if (fate === 'fenced') return 'fenced';
          await meet(fate, () => log.land(entries));
          log.acknowledge(entries);
          return 'written';
        },
        end: async (entries, end, usage) => {
          const all = [...entries, { kind: 'end' as const, end, ...(usage && { usage }) }];
          await meet(fates.end.shift(), () => log.land(all, true));
          return 'written';
        },
      };
    },
    settle: async (_, reply) => {
      await meet(fates.settle.shift());
      settled.push(reply);
    },
  };
}

async function meet(fate: Fate = 'well', land = () => {}): Promise<void> {
  if (fate === 'hangs') return new Promise(() => {});
  if (fate === 'missing') throw new Error('Not there.');
  if (fate === 'well' || fate === 'landed') land();
  if (fate === 'landed' || fate === 'unavailable') throw new EngineUnavailable('Down.');
}

export function generation(id = 'reply-01'): Generation {
  return {
    id,
    parent: 'message-1',
    branch: 'branch-01',
    at: '0',
    model: { source: 'fake', id: 'model' },
    name: 'Model',
    origin: { kind: 'send' },
    started: 5,
  };
}

/** A model that says what the test tells it to, when it tells it. */
export interface FakeModel extends ModelSource {
  readonly requests: ModelRequest[];
  /** In answer to the first request. */
  say(...events: ModelEvent[]): Promise<void>;
  /** In answer to the request of this number, from 0. */
  sayTo(request: number, ...events: ModelEvent[]): Promise<void>;
  /** Ends the first request's stream without a finish. */
  cut(): Promise<void>;
  fail(error: unknown): Promise<void>;
}

type Line = { readonly event: ModelEvent } | { readonly error: unknown } | 'cut';

/** @param deaf it ignores the abort. */
export function fakeModel(deaf = false): FakeModel {
  const requests: ModelRequest[] = [];
  const answers: { readonly lines: Line[]; wake: () => void }[] = [];
  const push = async (request: number, lines: readonly Line[]) => {
    answers[request]?.lines.push(...lines);
    answers[request]?.wake();
    await quiet();
  };
  return {
    id: 'fake',
    facts: { name: 'Fake', kind: 'openai-compatible', found: 'built-in', hasKey: false },
    requests,
    list: async () => [],
    describe: () => ({ name: 'Model' }),
    say: (...events) =>
      push(
        0,
        events.map((event) => ({ event })),
      ),
    sayTo: (request, ...events) =>
      push(
        request,
        events.map((event) => ({ event })),
      ),
    cut: () => push(0, ['cut']),
    fail: (error) => push(0, [{ error }]),
    async *stream(request) {
      const answer = { lines: [] as Line[], wake: () => {} };
      requests.push(request);
      answers.push(answer);
      request.signal.addEventListener('abort', () => answer.wake());
      while (deaf || !request.signal.aborted) {
        const line = answer.lines.shift();
        if (line === 'cut') return;
        if (line && 'error' in line) throw line.error;
        if (line) yield line.event;
        else {
          await new Promise<void>((resolve) => {
            answer.wake = resolve;
          });
        }
      }
    },
  };
}
