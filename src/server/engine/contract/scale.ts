import { expect } from 'vitest';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { type Contract, group, item, never, put, range, take, test } from './harness.ts';

export function scale(contract: Contract): void {
  group('scale', contract, (b) => {
    test('a stream of 150,000 items is read whole, by its tail, and in pages', async () => {
      const name = b.name();
      await b.engine.create(name);
      for (const chunk of range(30)) await put(b.engine, name, ...range(5000, chunk * 5000).map(item));
      const before = (await b.engine.head(name))?.next ?? '';
      await put(b.engine, name, item(150_000));
      const { items } = await readAll(b.engine, name, START);
      expect(items).toHaveLength(150_001);
      expect(items.at(75_000)).toEqual(item(75_000));
      expect((await b.engine.read(name, before)).items).toEqual([item(150_000)]);
      const whole = await b.engine.read(name, START, { maxBytes: Number.POSITIVE_INFINITY });
      expect(whole.items).toHaveLength(150_001);
      expect(whole.upToDate).toBe(true);
    });

    test('150,000 items may be one append', async () => {
      const name = b.name();
      await b.engine.create(name);
      const first = take(b.engine.follow(name, START, never()), () => true);
      await b.engine.append(name, range(150_000).map(item));
      const page = await b.engine.read(name, START, { maxItems: 1 });
      expect(page.items).toHaveLength(150_000);
      expect(page.items.at(-1)).toEqual(item(149_999));
      expect((await first).items).toHaveLength(150_000);
    });

    test('200 streams at once: nothing is missing, nothing mixed up', async () => {
      const names = range(200).map(() => b.name());
      await Promise.all(names.map((name) => b.engine.create(name)));
      for (const n of range(3)) await Promise.all(names.map((name) => put(b.engine, name, { name, n })));
      const all = await Promise.all(names.map((name) => readAll(b.engine, name, START)));
      for (const [i, name] of names.entries())
        expect(all[i]?.items).toEqual(range(3).map((n) => ({ name, n })));
    });
  });
}
