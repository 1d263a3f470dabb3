/** `ByteStreams`, of engines that have them. Named anew for each run, as the rest of the contract. */
import { describe, expect, test } from 'vitest';
import { type ByteStreams, type Engine, type Offset, START } from '../port.ts';

export function bytesContract(name: string, open: () => Engine & ByteStreams): void {
  const run = Date.now().toString(36);
  let names = 0;
  const on = async (work: (engine: Engine & ByteStreams, stream: string) => Promise<void>): Promise<void> => {
    const engine = open();
    names += 1;
    await work(engine, `bytes/${run}/${names}`).finally(() => engine.shutdown());
  };
  const all = async (engine: ByteStreams, stream: string) => {
    const pieces: Uint8Array[] = [];
    let at: Offset = START;
    for (;;) {
      const page = await engine.readBytes(stream, at, 10_000_000);
      pieces.push(page.bytes);
      at = page.next;
      if (page.upToDate) return { bytes: Buffer.concat(pieces), closed: page.closed };
    }
  };
  /** Every byte there is, so that nothing that takes it for text gets it right. */
  const EVERY = Buffer.from(Array.from({ length: 256 }, (_, n) => n));

  describe(`streams of bytes: ${name}`, () => {
    test('hold what was appended, byte for byte, and end where they were closed', () =>
      on(async (engine, stream) => {
        expect(await engine.createBytes(stream)).toMatchObject({ created: true, closed: false });
        const first = await engine.appendBytes(stream, EVERY, { seq: '0' });
        const last = await engine.appendBytes(stream, EVERY, { seq: '1', close: true });
        expect([first.kind, last.kind]).toEqual(['appended', 'appended']);
        const { bytes, closed } = await all(engine, stream);
        expect([bytes.equals(Buffer.concat([EVERY, EVERY])), closed]).toEqual([true, true]);
        expect(await engine.head(stream)).toMatchObject({ closed: true });
      }));

    test('made again they are the same, also once they are closed', () =>
      on(async (engine, stream) => {
        await engine.createBytes(stream);
        await engine.appendBytes(stream, EVERY);
        expect(await engine.createBytes(stream)).toMatchObject({ created: false, closed: false });
        await engine.close(stream);
        expect(await engine.createBytes(stream)).toMatchObject({ created: false, closed: true });
        expect((await all(engine, stream)).bytes.equals(EVERY)).toBe(true);
      }));

    test('take a number once, and nothing once they are closed', () =>
      on(async (engine, stream) => {
        await engine.createBytes(stream);
        const both = await Promise.all([1, 2].map(() => engine.appendBytes(stream, EVERY, { seq: '0' })));
        expect(both.map(({ kind }) => kind).sort()).toEqual(['appended', 'conflict']);
        await engine.appendBytes(stream, EVERY, { seq: '1', close: true });
        expect(await engine.appendBytes(stream, EVERY, { seq: '2' })).toMatchObject({ kind: 'closed' });
        expect((await all(engine, stream)).bytes.byteLength).toBe(512);
      }));

    test('are read on from where one stands', () =>
      on(async (engine, stream) => {
        await engine.createBytes(stream);
        const { next } = (await engine.appendBytes(stream, EVERY)) as { next: Offset };
        await engine.appendBytes(stream, Buffer.from('more'));
        expect(Buffer.from((await engine.readBytes(stream, next, 100)).bytes).toString()).toBe('more');
      }));

    test('of more than is wanted not all is taken', () =>
      on(async (engine, stream) => {
        await engine.createBytes(stream);
        await engine.appendBytes(stream, Buffer.alloc(4_000_000, 1));
        const { bytes } = await engine.readBytes(stream, START, 100);
        expect(bytes.byteLength).toBeGreaterThan(100);
        expect(bytes.byteLength).toBeLessThan(4_000_000);
      }));

    test('are not where there is another stream, or none', () =>
      on(async (engine, stream) => {
        await expect(engine.readBytes(stream, START, 100)).rejects.toMatchObject({ kind: 'missing' });
        await expect(engine.appendBytes(stream, EVERY)).rejects.toMatchObject({ kind: 'missing' });
        await engine.create(stream);
        await expect(engine.createBytes(stream)).rejects.toMatchObject({ kind: 'conflict' });
      }));
  });
}
