import { expect } from 'vitest';
import { OffsetUnknown } from '../errors.ts';
import { type Offset, type ReadOptions, START } from '../port.ts';
import { type Bench, type Contract, filled, group, item, put, range, test } from './harness.ts';

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

export function reads(contract: Contract): void {
  group('reads', contract, (b) => {
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

    test(
      'maxItems 1 tells the end of each item that was appended alone',
      async () => {
        const name = b.name();
        const { ends } = await filled(b.engine, name, 5);
        let at: Offset = START;
        for (const n of range(5)) {
          const page = await b.engine.read(name, at, { maxItems: 1 });
          expect(page).toEqual({ items: [item(n)], next: ends[n], upToDate: n === 4, closed: false });
          at = page.next;
        }
      },
      'pages',
    );

    test(
      'a page holds whole appends, within maxItems where it can',
      async () => {
        const name = b.name();
        await b.engine.create(name);
        await put(b.engine, name, item(0), item(1));
        await put(b.engine, name, item(2));
        await put(b.engine, name, ...range(4, 3).map(item));
        await put(b.engine, name, item(7));
        const sizes = (await pages(b, name, { maxItems: 3 })).map((page) => page.length);
        expect(sizes).toEqual([3, 4, 1]);
      },
      'pages',
    );

    test(
      'a page keeps to maxBytes, but for one append that is larger',
      async () => {
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
      },
      'pages',
    );

    test('only the page that reaches the end of a closed stream says so', async () => {
      const name = b.name();
      const { ends } = await filled(b.engine, name, 2);
      await b.engine.close(name);
      for (let page = await b.engine.read(name, START, { maxItems: 1 }); ; ) {
        expect(page.closed).toBe(page.next === ends[1]);
        expect(page.upToDate).toBe(page.closed);
        if (page.closed) break;
        page = await b.engine.read(name, page.next, { maxItems: 1 });
      }
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
      const bad = ['', 'now', '-2', 'x', ` ${ends[0]}`];
      for (const offset of bad) await expect(b.engine.read(name, offset)).rejects.toThrow(OffsetUnknown);
    });

    test(
      'also one past its tail',
      async () => {
        const name = b.name();
        await filled(b.engine, name, 3);
        const far = (await filled(b.engine, b.name(), 5)).ends[4] ?? '';
        await expect(b.engine.read(name, far)).rejects.toThrow(OffsetUnknown);
      },
      'past-tail',
    );

    test(
      'also one that lies between two it minted',
      async () => {
        const name = b.name();
        const { ends } = await filled(b.engine, name, 3);
        await expect(b.engine.read(name, `${ends[0]}0`)).rejects.toThrow(OffsetUnknown);
      },
      'strict-offsets',
    );
  });
}
