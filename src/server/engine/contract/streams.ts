import { expect } from 'vitest';
import { EngineUnavailable, StreamMissing } from '../errors.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { type Contract, collect, filled, group, item, never, put, test } from './harness.ts';

export function streams(contract: Contract): void {
  group('streams', contract, (b) => {
    test('a new stream is empty and open', async () => {
      const name = b.name();
      const made = await b.engine.create(name);
      expect(made).toMatchObject({ created: true, closed: false });
      expect(made.next).not.toBe(START);
      expect(await b.engine.head(name)).toEqual({ next: made.next, closed: false });
      expect(await b.engine.read(name, START)).toEqual({
        items: [],
        next: made.next,
        upToDate: true,
        closed: false,
      });
    });

    test('creating again changes nothing and tells the tail', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 2);
      expect(await b.engine.create(name)).toEqual({ created: false, next: ends[1], closed: false });
      await b.engine.close(name);
      expect(await b.engine.create(name)).toEqual({ created: false, next: ends[1], closed: true });
      expect((await readAll(b.engine, name, START)).items).toEqual([item(0), item(1)]);
    });

    test('of eight that create one stream, one made it', async () => {
      const name = b.name();
      const made = await Promise.all(Array.from({ length: 8 }, () => b.engine.create(name)));
      expect(made.filter((one) => one.created)).toHaveLength(1);
    });

    test('a stream that never was has no head and cannot be used', async () => {
      const name = b.name();
      expect(await b.engine.head(name)).toBeNull();
      await expect(b.engine.read(name, START)).rejects.toThrow(StreamMissing);
      await expect(b.engine.append(name, [item(1)])).rejects.toThrow(StreamMissing);
      await expect(b.engine.close(name)).rejects.toThrow(StreamMissing);
    });

    test('close is idempotent and keeps everything', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 1);
      await b.engine.close(name);
      await b.engine.close(name);
      expect(await b.engine.head(name)).toEqual({ next: ends[0], closed: true });
      expect(await b.engine.read(name, START)).toMatchObject({
        items: [item(0)],
        upToDate: true,
        closed: true,
      });
    });

    test('a close beside an append is not undone by it', async () => {
      for (let round = 0; round < 20; round += 1) {
        const name = b.name();
        await b.engine.create(name);
        const [result] = await Promise.all([b.engine.append(name, [item(1)]), b.engine.close(name)]);
        expect((await b.engine.head(name))?.closed).toBe(true);
        const { items } = await readAll(b.engine, name, START);
        expect(items).toEqual(result.kind === 'appended' ? [item(1)] : []);
      }
    });

    test(
      'list gives the names under a prefix',
      async () => {
        const root = b.name();
        const names = ['a', 'b', 'b/c', 'bd'].map((part) => `${root}/${part}`);
        for (const name of names) await b.engine.create(name);
        await b.engine.delete(`${root}/a`);
        const listed = await collect(b.engine.list(`${root}/`));
        expect(listed.sort()).toEqual(names.slice(1));
        expect((await collect(b.engine.list(`${root}/b/`))).sort()).toEqual([`${root}/b/c`]);
      },
      'list',
    );

    test('malformed names and items are mistakes of the caller', async () => {
      const name = b.name();
      for (const bad of ['', '/', 'a//b', '/a', 'a/', 'a b', 'ä', '..%2f', 'x'.repeat(513)]) {
        await expect(b.engine.create(bad)).rejects.toThrow(TypeError);
      }
      await b.engine.create(name);
      for (const bad of [[], [1], ['x'], [null], [[1]], [undefined], [item(1), 2]]) {
        await expect(b.engine.append(name, bad)).rejects.toThrow(TypeError);
      }
      expect((await b.engine.read(name, START)).items).toEqual([]);
    });

    test('after shutdown nothing is answered', async () => {
      const name = b.name();
      await b.engine.create(name);
      await put(b.engine, name, item(1));
      await b.engine.shutdown();
      await b.engine.shutdown();
      await expect(b.engine.create(name)).rejects.toThrow(EngineUnavailable);
      await expect(b.engine.append(name, [item(1)])).rejects.toThrow(EngineUnavailable);
      await expect(b.engine.read(name, START)).rejects.toThrow(EngineUnavailable);
      await expect(b.engine.head(name)).rejects.toThrow(EngineUnavailable);
      await expect(collect(b.engine.follow(name, START, never()))).rejects.toThrow(EngineUnavailable);
    });
  });
}
