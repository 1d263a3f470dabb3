import { expect } from 'vitest';
import { StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import { type Offset, START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { type Contract, filled, group, item, put, range, settled, test } from './harness.ts';

export function deletes(contract: Contract): void {
  group('deletes', contract, (b) => {
    test('a deleted stream is missing, and its name is free', async () => {
      const name = b.name();
      const { start } = await filled(b.engine, name, 2);
      await b.engine.delete(name);
      await b.engine.delete(name);
      expect(await b.engine.head(name)).toBeNull();
      await expect(b.engine.read(name, START)).rejects.toThrow(StreamMissing);
      await expect(b.engine.append(name, [item(1)])).rejects.toThrow(StreamMissing);
      expect(await b.engine.create(name)).toEqual({ created: true, next: start, closed: false });
      expect((await b.engine.read(name, START)).items).toEqual([]);
      await put(b.engine, name, item(9));
      expect((await b.engine.read(name, START)).items).toEqual([item(9)]);
    });

    test('deleting what never was is fine', async () => {
      await b.engine.delete(b.name());
    });

    test('forks keep reading a deleted source, which is gone until they are', async () => {
      const [name, fork] = [b.name(), b.name()];
      const { ends } = await filled(b.engine, name, 3);
      await b.engine.fork(fork, { stream: name, offset: ends[1] ?? '' });
      await b.engine.delete(name);
      await b.engine.delete(name);
      expect(await b.engine.head(name)).toBeNull();
      await expect(b.engine.read(name, START)).rejects.toThrow(StreamGone);
      await expect(b.engine.append(name, [item(1)])).rejects.toThrow(StreamGone);
      await expect(b.engine.close(name)).rejects.toThrow(StreamGone);
      await expect(b.engine.create(name)).rejects.toThrow(StreamConflict);
      const again = b.engine.fork(b.name(), { stream: name, offset: ends[0] ?? '' });
      await expect(again).rejects.toThrow(StreamGone);
      await put(b.engine, fork, { own: true });
      const { items } = await readAll(b.engine, fork, START);
      expect(items).toEqual([item(0), item(1), { own: true }]);
      await b.engine.delete(fork);
      await expect(b.engine.read(name, START)).rejects.toThrow(StreamMissing);
      expect((await b.engine.create(name)).created).toBe(true);
    });

    test('deleting the last fork frees a whole chain of deleted sources, but no living one', async () => {
      const names = range(4).map(() => b.name());
      const [root = ''] = names;
      let { next: offset } = await b.engine.create(root);
      for (const [n, name] of names.entries()) {
        if (n > 0) await b.engine.fork(name, { stream: names[n - 1] ?? '', offset });
        offset = await put(b.engine, name, item(n));
      }
      await b.engine.delete(names[1] ?? '');
      await b.engine.delete(names[2] ?? '');
      const { items } = await readAll(b.engine, names[3] ?? '', START);
      expect(items).toEqual(range(4).map(item));
      await b.engine.delete(names[3] ?? '');
      for (const name of names.slice(1))
        await expect(b.engine.read(name, START)).rejects.toThrow(StreamMissing);
      expect((await readAll(b.engine, root, START)).items).toEqual([item(0)]);
      await b.engine.delete(root);
      await expect(b.engine.read(root, START)).rejects.toThrow(StreamMissing);
    });

    test('a delete beside an append is not undone by it', async () => {
      for (const _ of range(20)) {
        const name = b.name();
        await b.engine.create(name);
        await Promise.all([settled(b.engine.append(name, [item(1)])), b.engine.delete(name)]);
        expect(await b.engine.head(name)).toBeNull();
      }
    });

    test('a read beside a delete gives the items, or there is no stream', async () => {
      for (const _ of range(20)) {
        const name = b.name();
        await filled(b.engine, name, 2);
        const [page] = await Promise.all([settled(b.engine.read(name, START)), b.engine.delete(name)]);
        if (page instanceof Error) expect(page).toBeInstanceOf(StreamMissing);
        else expect(page.items).toEqual([item(0), item(1)]);
      }
    });

    test('a fork made during appends to its source outlives the source', async () => {
      for (const _ of range(20)) {
        const [name, fork] = [b.name(), b.name()];
        const { ends } = await filled(b.engine, name, 1);
        const from = { stream: name, offset: ends[0] ?? '' };
        await Promise.all([
          put(b.engine, name, item(1)),
          b.engine.fork(fork, from),
          put(b.engine, name, item(2)),
        ]);
        await b.engine.delete(name);
        expect((await readAll(b.engine, fork, START)).items).toEqual([item(0)]);
      }
    });

    test('a fork deleted during appends to its source lets go of it', async () => {
      for (const _ of range(20)) {
        const [name, fork] = [b.name(), b.name()];
        const { ends } = await filled(b.engine, name, 1);
        await b.engine.fork(fork, { stream: name, offset: ends[0] ?? '' });
        await Promise.all([
          put(b.engine, name, item(1)),
          b.engine.delete(fork),
          put(b.engine, name, item(2)),
        ]);
        await b.engine.delete(name);
        expect((await b.engine.create(name)).created).toBe(true);
      }
    });

    test('a fork beside the delete of its source either holds it whole or is not there', async () => {
      for (const _ of range(20)) {
        const [name, fork] = [b.name(), b.name()];
        const { ends } = await filled(b.engine, name, 1);
        const offset: Offset = ends[0] ?? '';
        const made = settled(b.engine.fork(fork, { stream: name, offset }));
        const [result] = await Promise.all([made, b.engine.delete(name)]);
        if (result instanceof Error) expect(await b.engine.head(fork)).toBeNull();
        else expect((await readAll(b.engine, fork, START)).items).toEqual([item(0)]);
      }
    });
  });
}
