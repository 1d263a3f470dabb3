import { afterEach, test as base, beforeEach, describe } from 'vitest';
import type { Engine, FollowFrame, Offset } from '../port.ts';

export interface MadeEngine {
  readonly engine: Engine;
  /** Lets go of what the maker made. The engine is shut down before. */
  dispose?(): Promise<void>;
}

export type EngineMaker = () => Promise<MadeEngine>;

export interface Bench {
  readonly engine: Engine;
  /** A stream name no other test has. */
  name(): string;
}

let names = 0;

/** A group of tests, each with an engine of its own. */
export function group(title: string, make: EngineMaker, tests: (bench: Bench) => void): void {
  describe(title, () => {
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
      name: () => `t/${++names}`,
    });
  });
}

/** Each append waits for the disk, which others may be using too. */
export const test = (title: string, run: () => Promise<void>): void => base(title, { timeout: 60_000 }, run);

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
