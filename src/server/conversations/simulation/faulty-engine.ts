/** The engine as one server reaches it: calls wait for their turn, may fail in every way, and may be the server's last. */
import { parseStream } from '../../../protocol/index.ts';
import {
  type AppendOptions,
  type AppendResult,
  type Created,
  type Engine,
  EngineUnavailable,
  type FollowFrame,
  type ForkPoint,
  type Offset,
  type ReadOptions,
  type ReadPage,
  START,
  type StreamState,
} from '../../engine/index.ts';
import type { World } from './world.ts';

/** The server behind the calls. */
export interface Caller {
  readonly dead: boolean;
  /** Its engine says in `appended` where the items landed. */
  readonly told: boolean;
  crash(): void;
}

const never = new Promise<never>(() => {});

export class FaultyEngine implements Engine {
  readonly #world: World;
  readonly #caller: Caller;

  constructor(world: World, caller: Caller) {
    this.#world = world;
    this.#caller = caller;
  }

  create(stream: string): Promise<Created> {
    return this.#call(() => this.#world.memory.create(stream));
  }

  fork(stream: string, from: ForkPoint): Promise<Created> {
    return this.#call(() => this.#world.memory.fork(stream, from));
  }

  append(stream: string, items: readonly unknown[], options: AppendOptions = {}): Promise<AppendResult> {
    const copy = JSON.parse(JSON.stringify(items)) as unknown[];
    return this.#call(() => this.#append(stream, copy, options));
  }

  read(stream: string, from: Offset, options?: ReadOptions): Promise<ReadPage> {
    return this.#call(() => this.#world.memory.read(stream, from, this.#world.coarse ? {} : options));
  }

  head(stream: string): Promise<StreamState | null> {
    return this.#call(() => this.#world.memory.head(stream));
  }

  follow(stream: string, from: Offset, signal: AbortSignal): AsyncIterable<FollowFrame> {
    return this.#world.memory.follow(stream, from, signal);
  }

  close(stream: string): Promise<void> {
    return this.#call(() => this.#world.memory.close(stream));
  }

  delete(stream: string): Promise<void> {
    return this.#call(async () => {
      await this.#remember(stream);
      this.#world.seqs.delete(stream);
      await this.#world.memory.delete(stream);
    });
  }

  list(prefix: string): AsyncIterable<string> {
    return this.#world.memory.list(prefix);
  }

  async shutdown(): Promise<void> {}

  /** A log is deleted once it was settled, and settled once it was closed; the first time is what counts. */
  async #remember(stream: string): Promise<void> {
    const { memory, deletedLogs, violations } = this.#world;
    const head = await memory.head(stream);
    if (!head || deletedLogs.has(stream) || parseStream(stream)?.kind !== 'reply') return;
    if (!head.closed) violations.push(`${stream}: deleted while it was open`);
    deletedLogs.set(stream, (await memory.read(stream, START)).items);
  }

  /** The sequence check is made here: the world can forget what it needs. */
  async #append(stream: string, items: readonly unknown[], options: AppendOptions): Promise<AppendResult> {
    const { seqs, memory } = this.#world;
    const { seq, close = false } = options;
    const last = seqs.get(stream);
    const head = await memory.head(stream);
    if (head && !head.closed && seq !== undefined && last !== undefined && seq <= last)
      return { kind: 'conflict' };
    const result = await memory.append(stream, items, { close });
    if (result.kind === 'appended' && seq !== undefined) seqs.set(stream, seq);
    return result.kind === 'appended' && !this.#caller.told
      ? { kind: 'appended', next: result.next }
      : result;
  }

  async #call<T>(carryOut: () => Promise<T>): Promise<T> {
    const { random, faults } = this.#world;
    await this.#world.turn();
    if (this.#caller.dead) return never;
    this.#perhapsForget();
    if (random.chance(faults.crash / 2)) return this.#die();
    if (random.chance(faults.refused)) throw this.#unavailable();
    if (random.chance(faults.late)) {
      void this.#later(carryOut);
      throw this.#unavailable();
    }
    const result = await carryOut();
    if (random.chance(faults.crash / 2)) return this.#die();
    if (random.chance(faults.lost)) throw this.#unavailable();
    return result;
  }

  async #later(carryOut: () => Promise<unknown>): Promise<void> {
    await this.#world.turn();
    await carryOut().catch(() => {});
  }

  #perhapsForget(): void {
    if (!this.#world.random.chance(this.#world.faults.forget)) return;
    this.#world.seqs.clear();
    this.#world.strays = true;
  }

  #die(): Promise<never> {
    this.#caller.crash();
    return never;
  }

  #unavailable(): EngineUnavailable {
    return new EngineUnavailable('no answer (simulated)');
  }
}
