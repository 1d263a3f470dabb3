import { expect } from 'vitest';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { type Contract, filled, group, item, put, range, test } from './harness.ts';

export function appends(contract: Contract): void {
  group('appends', contract, (b) => {
    test('next of an append is where the next one starts and readers read on', async () => {
      const name = b.name();
      const { next: start } = await b.engine.create(name);
      const first = await b.engine.append(name, [item(0), item(1)]);
      const second = await b.engine.append(name, [item(2)]);
      if (first.kind !== 'appended' || second.kind !== 'appended') throw new Error('not appended');
      expect([undefined, start]).toContain(first.start);
      expect([undefined, first.next]).toContain(second.start);
      expect((await b.engine.read(name, first.next)).items).toEqual([item(2)]);
      expect((await b.engine.read(name, start)).items).toEqual([item(0), item(1), item(2)]);
      expect((await b.engine.head(name))?.next).toBe(second.next);
    });

    test('items come back as JSON, whatever is in them', async () => {
      const name = b.name();
      await b.engine.create(name);
      const text = '"\\\n\r\u2028\u2029\u0000,]}{[ 😀 ü \ud800';
      const items = [{ text }, { deep: { list: [1, [2, { x: null }], 'a,b'] } }, {}, { no: undefined }];
      await b.engine.append(name, items);
      const { items: read } = await b.engine.read(name, START);
      expect(read).toEqual(JSON.parse(JSON.stringify(items)));
    });

    test('what was appended is not changed by changing the item', async () => {
      const name = b.name();
      await b.engine.create(name);
      const mine = { n: 1 };
      const done = b.engine.append(name, [mine]);
      mine.n = 2;
      await done;
      expect((await b.engine.read(name, START)).items).toEqual([{ n: 1 }]);
    });

    test('every append moves the tail on, and offsets sort', async () => {
      const name = b.name();
      const { start, ends } = await filled(b.engine, name, 20);
      const offsets = [start, ...ends];
      expect(new Set(offsets).size).toBe(21);
      expect([...offsets].sort()).toEqual(offsets);
    });

    test('of eight appends with one seq exactly one lands', async () => {
      const name = b.name();
      const { next: at } = await b.engine.create(name);
      const results = await Promise.all(range(8).map((n) => b.engine.append(name, [item(n)], { seq: at })));
      expect(results.map((one) => one.kind).sort()).toEqual(['appended', ...Array(7).fill('conflict')]);
      const winner = results.findIndex((one) => one.kind === 'appended');
      expect((await readAll(b.engine, name, START)).items).toEqual([item(winner)]);
    });

    test('a seq must be greater than every one before it', async () => {
      const name = b.name();
      await b.engine.create(name);
      const kinds: string[] = [];
      for (const seq of ['b', 'a', 'b', 'ba', '10', 'c']) {
        kinds.push((await b.engine.append(name, [{ seq }], { seq })).kind);
      }
      expect(kinds).toEqual(['appended', 'conflict', 'conflict', 'appended', 'conflict', 'appended']);
    });

    test('an append without seq neither checks nor resets it', async () => {
      const name = b.name();
      await b.engine.create(name);
      await b.engine.append(name, [item(0)], { seq: '5' });
      await put(b.engine, name, item(1));
      expect(await b.engine.append(name, [item(2)], { seq: '5' })).toEqual({ kind: 'conflict' });
    });

    test('a tail makes a good seq: one writer a place', async () => {
      const name = b.name();
      await b.engine.create(name);
      for (const round of range(5)) {
        const at = (await b.engine.head(name))?.next ?? '';
        const race = await Promise.all([0, 1].map((w) => b.engine.append(name, [{ round, w }], { seq: at })));
        expect(race.map((one) => one.kind).sort()).toEqual(['appended', 'conflict']);
      }
    });

    test('an append may close the stream, and is the last', async () => {
      const name = b.name();
      await b.engine.create(name);
      const last = await b.engine.append(name, [item(1)], { close: true });
      if (last.kind !== 'appended') throw new Error('not appended');
      expect(await b.engine.head(name)).toEqual({ next: last.next, closed: true });
      const late = await b.engine.append(name, [item(2)], { seq: '', close: true });
      expect(late).toEqual({ kind: 'closed', next: last.next });
      expect((await readAll(b.engine, name, START)).items).toEqual([item(1)]);
    });

    test('of eight that close with an append, the first wins', async () => {
      const name = b.name();
      await b.engine.create(name);
      const results = await Promise.all(
        range(8).map((n) => b.engine.append(name, [item(n)], { close: true })),
      );
      const winners = range(8).filter((n) => results[n]?.kind === 'appended');
      expect(winners).toHaveLength(1);
      expect((await readAll(b.engine, name, START)).items).toEqual(winners.map(item));
    });
  });
}
