import { expect } from 'vitest';
import { OffsetUnknown } from '../errors.ts';
import { type Offset, type ReadOptions, START } from '../port.ts';
import { type Bench, type EngineMaker, filled, group, item, put, range, test } from './harness.ts';

async function pages(b: Bench, name: string, options: ReadOptions): Promise<unknown[][]> {
  const read: unknown[][] = [];
  let at: Offset = START;
  for (;;) {
    const page = await b.engine.read(name, at, options);
    read.push([...page.items]);
    expect(page.closed).toBe(false);
    if (page.upToDate) return read;
    at = page.next;
  }
}

export function reads(make: EngineMaker): void {
  group('reads', make, (b) => {
    test('from any minted offset what follows it is read', async () => {
      const name = b.name();
      const { start, ends } = await filled(b.engine, name, 10);
      for (const [n, at] of [start, ...ends].entries()) {
        const page = await b.engine.read(name, at);
        expect(page).toEqual({
          items: range(10 - n, n).map(item),
          next: ends[9],
          upToDate: true,
          closed: false,
        });
      }
    });

    test('maxItems 1 tells the end of each item that was appended alone', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 5);
      let at: Offset = START;
      for (const n of range(5)) {
        const page = await b.engine.read(name, at, { maxItems: 1 });
        expect(page).toEqual({ items: [item(n)], next: ends[n], upToDate: n === 4, closed: false });
        at = page.next;
      }
    });

    test('a page holds whole appends, within maxItems where it can', async () => {
      const name = b.name();
      await b.engine.create(name);
      await put(b.engine, name, item(0), item(1));
      await put(b.engine, name, item(2));
      await put(b.engine, name, ...range(4, 3).map(item));
      await put(b.engine, name, item(7));
      const sizes = (await pages(b, name, { maxItems: 3 })).map((page) => page.length);
      expect(sizes).toEqual([3, 4, 1]);
    });

    test('a page keeps to maxBytes, but for one append that is larger', async () => {
      const name = b.name();
      await b.engine.create(name);
      const sized = (n: number, size: number) => ({ n, text: 'x'.repeat(size) });
      for (const [n, size] of [400, 400, 400, 5000, 400, 400].entries())
        await put(b.engine, name, sized(n, size));
      const read = await pages(b, name, { maxBytes: 1000 });
      expect(read.map((page) => page.map((one) => (one as { n: number }).n))).toEqual([
        [0, 1],
        [2],
        [3],
        [4, 5],
      ]);
    });

    test('only the page that reaches the end of a closed stream says so', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 2);
      await b.engine.close(name);
      const first = await b.engine.read(name, START, { maxItems: 1 });
      expect(first).toMatchObject({ next: ends[0], upToDate: false, closed: false });
      expect(await b.engine.read(name, first.next, { maxItems: 1 })).toMatchObject({
        upToDate: true,
        closed: true,
      });
      expect(await b.engine.read(name, ends[1] ?? '')).toEqual({
        items: [],
        next: ends[1],
        upToDate: true,
        closed: true,
      });
    });

    test('an offset the stream never minted is refused', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 3);
      const longer = b.name();
      const far = (await filled(b.engine, longer, 5)).ends[4] ?? '';
      const bad = ['', 'now', '-2', 'x', '1', `${ends[0]}0`, ` ${ends[0]}`, far];
      for (const offset of bad) await expect(b.engine.read(name, offset)).rejects.toThrow(OffsetUnknown);
    });
  });
}
