import { expect, vi } from 'vitest';
import { EngineUnavailable, OffsetUnknown, StreamGone, StreamMissing } from '../errors.ts';
import { START } from '../port.ts';
import {
  type Contract,
  collect,
  filled,
  group,
  item,
  never,
  put,
  range,
  settled,
  take,
  test,
} from './harness.ts';

export function follows(contract: Contract): void {
  group('follows', contract, (b) => {
    test('catches up, goes on live, and ends at the close', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 3);
      const all = take(b.engine.follow(name, ends[0] ?? '', never()), () => false);
      await put(b.engine, name, item(3));
      await b.engine.append(name, [item(4)], { close: true });
      const { items, frames } = await all;
      expect(items).toEqual(range(4, 1).map(item));
      expect(frames.map((frame) => frame.closed)).toEqual([...Array(frames.length - 1).fill(false), true]);
      expect(frames[0]?.from).toBe(ends[0]);
      for (const [n, frame] of frames.entries()) if (n > 0) expect(frame.from).toBe(frames[n - 1]?.next);
      expect(frames.at(-1)?.next).toBe((await b.engine.head(name))?.next);
    });

    test('a live append reaches one who waits at the tail', async () => {
      const name = b.name();
      await b.engine.create(name);
      const first = take(b.engine.follow(name, START, never()), () => true);
      await new Promise(setImmediate);
      const next = await put(b.engine, name, item(1), item(2));
      expect((await first).frames).toEqual([{ from: START, next, items: [item(1), item(2)], closed: false }]);
    });

    test('loses nothing and doubles nothing while eight append', async () => {
      const name = b.name();
      await filled(b.engine, name, 5);
      const total = 5 + 8 * 25;
      const followers = range(4).map(() =>
        take(b.engine.follow(name, START, never()), (items) => items.length >= total),
      );
      await Promise.all(
        range(8).map(async (w) => {
          for (const n of range(25)) await put(b.engine, name, { w, n });
        }),
      );
      const page = await b.engine.read(name, START);
      for (const { items } of await Promise.all(followers)) expect(items).toEqual(page.items);
    });

    test('a slow reader gets everything, in larger frames', async () => {
      const name = b.name();
      await b.engine.create(name);
      const slow = take(b.engine.follow(name, START, never()), (items) => items.length >= 60);
      const held = b.engine.follow(name, START, never())[Symbol.asyncIterator]();
      await put(b.engine, name, item(0));
      expect((await held.next()).value?.items).toEqual([item(0)]);
      for (const n of range(59, 1)) await put(b.engine, name, { n, pad: 'x'.repeat(5000) });
      const rest = await take({ [Symbol.asyncIterator]: () => held }, (items) => items.length >= 59);
      expect(rest.items.map((one) => (one as { n: number }).n)).toEqual(range(59, 1));
      expect(rest.frames.length).toBeLessThan(59);
      expect((await slow).items).toHaveLength(60);
    });

    test('a close without items ends with an empty frame', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 1);
      const at = ends[0] ?? '';
      const all = take(b.engine.follow(name, at, never()), () => false);
      await new Promise(setImmediate);
      await b.engine.close(name);
      expect((await all).frames).toEqual([{ from: at, next: at, items: [], closed: true }]);
      const late = await take(b.engine.follow(name, START, never()), () => false);
      expect(late.frames).toEqual([{ from: START, next: at, items: [item(0)], closed: true }]);
    });

    test('aborting ends it quietly, waiting or not', async () => {
      const name = b.name();
      await filled(b.engine, name, 1);
      const abort = new AbortController();
      const all = take(b.engine.follow(name, START, abort.signal), () => false);
      await put(b.engine, name, item(1));
      await new Promise(setImmediate);
      abort.abort();
      await all;
      expect(await collect(b.engine.follow(name, START, abort.signal))).toEqual([]);
    });

    test('one signal may end many follows, and none of it is warned of', async () => {
      const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const abort = new AbortController();
      const names = range(50).map(() => b.name());
      for (const name of names) await b.engine.create(name);
      const all = names.map((name) => take(b.engine.follow(name, START, abort.signal), () => false));
      await new Promise((resolve) => setTimeout(resolve, 20));
      abort.abort();
      await Promise.all(all);
      expect(warned).not.toHaveBeenCalled();
      warned.mockRestore();
    });

    test('a fork is followed across the fork point', async () => {
      const [name, fork] = [b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 3);
      await b.engine.fork(fork, { stream: name, offset: ends[1] ?? '' });
      const all = take(b.engine.follow(fork, ends[0] ?? '', never()), () => false);
      await put(b.engine, name, { other: true });
      await b.engine.append(fork, [{ own: true }], { close: true });
      expect((await all).items).toEqual([item(1), { own: true }]);
    });

    test('a stream that is not there, or an offset, is an error of the iterator', async () => {
      const name = b.name();
      await expect(take(b.engine.follow(name, START, never()), () => false)).rejects.toThrow(StreamMissing);
      await b.engine.create(name);
      await expect(take(b.engine.follow(name, 'x', never()), () => false)).rejects.toThrow(OffsetUnknown);
    });

    test('deleting ends those who follow, also when the name is used again', async () => {
      const name = b.name();
      await filled(b.engine, name, 1);
      const follow = b.engine.follow(name, START, never())[Symbol.asyncIterator]();
      await follow.next();
      const waiting = settled(follow.next());
      await new Promise(setImmediate);
      await b.engine.delete(name);
      await b.engine.create(name);
      await put(b.engine, name, item(7));
      expect(await waiting).toBeInstanceOf(StreamMissing);
    });

    test('deleting a stream that has forks ends those who follow', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 1);
      await b.engine.fork(b.name(), { stream: name, offset: ends[0] ?? '' });
      const waiting = settled(take(b.engine.follow(name, START, never()), () => false));
      await new Promise(setImmediate);
      await b.engine.delete(name);
      expect(await waiting).toBeInstanceOf(StreamGone);
    });

    test('shutdown ends those who follow', async () => {
      const name = b.name();
      await b.engine.create(name);
      const waiting = settled(take(b.engine.follow(name, START, never()), () => false));
      await new Promise(setImmediate);
      await b.engine.shutdown();
      expect(await waiting).toBeInstanceOf(EngineUnavailable);
    });
  });
}
