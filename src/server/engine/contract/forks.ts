import { expect } from 'vitest';
import { OffsetUnknown, StreamConflict, StreamMissing } from '../errors.ts';
import { type Offset, START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { type Bench, type Contract, filled, group, item, put, range, test } from './harness.ts';

const itemsOf = async (b: Bench, name: string): Promise<unknown[]> =>
  (await readAll(b.engine, name, START)).items;

export function forks(contract: Contract): void {
  group('forks', contract, (b) => {
    test('a fork at any minted offset holds what was before it', async () => {
      const name = b.name();
      const { start, ends } = await filled(b.engine, name, 4);
      for (const [n, offset] of [start, ...ends].entries()) {
        const fork = b.name();
        const made = await b.engine.fork(fork, { stream: name, offset });
        expect(made).toEqual({ created: true, next: offset, closed: false });
        expect(await itemsOf(b, fork)).toEqual(range(n).map(item));
      }
    });

    test('fork and source go their own ways', async () => {
      const [name, fork] = [b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 3);
      await b.engine.fork(fork, { stream: name, offset: ends[1] ?? '' });
      await put(b.engine, name, { source: 3 });
      const forked = await put(b.engine, fork, { fork: 2 });
      expect(await itemsOf(b, fork)).toEqual([item(0), item(1), { fork: 2 }]);
      expect(await itemsOf(b, name)).toEqual([item(0), item(1), item(2), { source: 3 }]);
      expect((await b.engine.read(fork, ends[0] ?? '')).items).toEqual([item(1), { fork: 2 }]);
      expect((await b.engine.head(fork))?.next).toBe(forked);
    });

    test(
      'pages run across the fork point',
      async () => {
        const [name, fork] = [b.name(), b.name()];
        const { ends } = await filled(b.engine, name, 3);
        await b.engine.fork(fork, { stream: name, offset: ends[1] ?? '' });
        const tail = await put(b.engine, fork, { fork: 2 });
        const nexts: Offset[] = [];
        let at: Offset = START;
        for (let upToDate = false; !upToDate; ) {
          const page = await b.engine.read(fork, at, { maxItems: 1 });
          nexts.push(page.next);
          ({ upToDate, next: at } = page);
        }
        expect(nexts).toEqual([ends[0], ends[1], tail]);
      },
      'pages',
    );

    test('a fork of a fork of a fork holds all three parts', async () => {
      const names = [b.name(), b.name(), b.name(), b.name()] as const;
      await b.engine.create(names[0]);
      let offset = await put(b.engine, names[0], { of: 0 });
      for (const n of [1, 2, 3]) {
        await put(b.engine, names[n - 1] ?? '', { late: n });
        await b.engine.fork(names[n] ?? '', { stream: names[n - 1] ?? '', offset });
        offset = await put(b.engine, names[n] ?? '', { of: n });
      }
      expect(await itemsOf(b, names[3])).toEqual([0, 1, 2, 3].map((of) => ({ of })));
    });

    test('a fork may be made of what its source inherited', async () => {
      const [name, fork, second] = [b.name(), b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 4);
      await b.engine.fork(fork, { stream: name, offset: ends[3] ?? '' });
      await b.engine.fork(second, { stream: fork, offset: ends[1] ?? '' });
      await put(b.engine, second, { own: true });
      expect(await itemsOf(b, second)).toEqual([item(0), item(1), { own: true }]);
    });

    test('forking again at the same point changes nothing', async () => {
      const [name, fork] = [b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 3);
      const from = { stream: name, offset: ends[1] ?? '' };
      await b.engine.fork(fork, from);
      const tail = await put(b.engine, fork, { own: true });
      await b.engine.close(fork);
      expect(await b.engine.fork(fork, from)).toEqual({ created: false, next: tail, closed: true });
      await b.engine.delete(name);
      expect(await b.engine.fork(fork, from)).toEqual({ created: false, next: tail, closed: true });
    });

    test('a name with another origin is a conflict', async () => {
      const [name, fork] = [b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 3);
      await b.engine.fork(fork, { stream: name, offset: ends[1] ?? '' });
      await expect(b.engine.fork(fork, { stream: name, offset: ends[0] ?? '' })).rejects.toThrow(
        StreamConflict,
      );
      await expect(b.engine.create(fork)).rejects.toThrow(StreamConflict);
      await expect(b.engine.fork(name, { stream: fork, offset: ends[0] ?? '' })).rejects.toThrow(
        StreamConflict,
      );
      await expect(b.engine.fork(name, { stream: name, offset: ends[0] ?? '' })).rejects.toThrow(
        StreamConflict,
      );
    });

    test('a fork at the start, or where nothing was minted, is refused and holds nothing up', async () => {
      const [name, fork] = [b.name(), b.name()];
      await filled(b.engine, name, 2);
      const far = (await filled(b.engine, b.name(), 5)).ends[4] ?? '';
      for (const offset of [START, '', 'now', far]) {
        await expect(b.engine.fork(fork, { stream: name, offset })).rejects.toThrow(OffsetUnknown);
      }
      expect(await b.engine.head(fork)).toBeNull();
      await b.engine.delete(name);
      await expect(b.engine.read(name, START)).rejects.toThrow(StreamMissing);
    });

    test(
      'a fork at an offset between two minted ones is refused',
      async () => {
        const name = b.name();
        const { ends } = await filled(b.engine, name, 2);
        const from = { stream: name, offset: `${ends[0]}0` };
        await expect(b.engine.fork(b.name(), from)).rejects.toThrow(OffsetUnknown);
      },
      'strict-offsets',
    );

    test('a source that is not there is missing', async () => {
      const fork = b.name();
      const { ends } = await filled(b.engine, b.name(), 1);
      const from = { stream: b.name(), offset: ends[0] ?? '' };
      await expect(b.engine.fork(fork, from)).rejects.toMatchObject({ kind: 'missing', stream: from.stream });
    });

    test('a fork of a closed stream is open and without a seq', async () => {
      const [name, fork] = [b.name(), b.name()];
      await b.engine.create(name);
      await b.engine.append(name, [item(0)], { seq: 'z', close: true });
      const offset = (await b.engine.head(name))?.next ?? '';
      await b.engine.fork(fork, { stream: name, offset });
      expect(await b.engine.append(fork, [item(1)], { seq: 'a' })).toMatchObject({ kind: 'appended' });
      expect(await itemsOf(b, fork)).toEqual([item(0), item(1)]);
    });

    test('a chain of 200 forks reads as one stream', async () => {
      let name = b.name();
      await b.engine.create(name);
      let offset = await put(b.engine, name, item(0));
      for (const n of range(199, 1)) {
        const fork = b.name();
        await b.engine.fork(fork, { stream: name, offset });
        offset = await put(b.engine, fork, item(n));
        name = fork;
      }
      expect(await itemsOf(b, name)).toEqual(range(200).map(item));
    });
  });
}
