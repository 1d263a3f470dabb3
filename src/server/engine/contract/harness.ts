import { afterEach, test as base, beforeEach, describe } from 'vitest';
import type { Engine, FollowFrame, Offset } from '../port.ts';

interface MadeEngine {
  readonly engine: Engine;
  /** Lets go of what the maker made. The engine is shut down before. */
  dispose?(): Promise<void>;
}

export type EngineMaker = () => Promise<MadeEngine>;

/** What some engines cannot do, each with the reason; a test that needs it is skipped and says so. */
export type Cannot = Partial<Record<Ability, string>>;

export type Ability =
  /** Pages end where the caller wants, at the end of an append. */
  | 'pages'
  /** An offset past the tail is refused. */
  | 'past-tail'
  /** An offset that was never minted, but looks as if, is refused. */
  | 'strict-offsets'
  /** Names of streams can be asked for. */
  | 'list';

export interface Bench {
  readonly engine: Engine;
  /** A stream name no other test has. */
  name(): string;
}

export interface Contract {
  readonly make: EngineMaker;
  readonly cannot: Cannot;
}

/** An engine may outlive a run, and hold the streams of earlier ones. */
const run = Date.now().toString(36);
let names = 0;
let cannot: Cannot = {};

/** A group of tests, each with an engine of its own. */
export function group(title: string, contract: Contract, tests: (bench: Bench) => void): void {
  const { make } = contract;
  describe(title, () => {
    cannot = contract.cannot;
    let made: MadeEngine | null = null;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(async () => {
      await made?.engine.shutdown();
      await made?.dispose?.();
      made = null;
    });
    tests({
      get engine(): Engine {
        if (!made) throw new Error('the engine is there within tests only');
        return made.engine;
      },
      name: () => `t/${run}/${++names}`,
    });
  });
}

/** Each append waits for the disk, which others may be using too. */
export function test(title: string, run: () => Promise<void>, ...needs: Ability[]): void {
  const why = needs.map((ability) => cannot[ability]).find((reason) => reason !== undefined);
  if (why === undefined) base(title, { timeout: 60_000 }, run);
  else base.skip(`${title} (${why})`, run);
}

export const item = (n: number): { n: number } => ({ n });
export const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);

/** A stream holding `item(0)`, `item(1)`, ... one append each; `ends[i]` is the offset after item i. */
export async function filled(
  engine: Engine,
  stream: string,
  count: number,
): Promise<{ start: Offset; ends: Offset[] }> {
  const { next: start } = await engine.create(stream);
  const ends: Offset[] = [];
  for (const n of range(count)) ends.push(await put(engine, stream, item(n)));
  return { start, ends };
}

/** Appends and expects it to land; answers the new tail. */
export async function put(engine: Engine, stream: string, ...items: object[]): Promise<Offset> {
  const result = await engine.append(stream, items);
  if (result.kind !== 'appended') throw new Error(`not appended: ${result.kind}`);
  return result.next;
}

/** Collects frames until `enough` says so or the stream ends. */
export async function take(
  frames: AsyncIterable<FollowFrame>,
  enough: (items: unknown[], frames: FollowFrame[]) => boolean,
): Promise<{ items: unknown[]; frames: FollowFrame[] }> {
  const items: unknown[] = [];
  const taken: FollowFrame[] = [];
  for await (const frame of frames) {
    taken.push(frame);
    for (const one of frame.items) items.push(one);
    if (enough(items, taken)) break;
  }
  return { items, frames: taken };
}

export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}

export const never = (): AbortSignal => new AbortController().signal;

/** What a promise came to, without waiting for one that has not settled when others have. */
export async function settled<T>(promise: Promise<T>): Promise<T | Error> {
  return promise.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}
