import { expect, test } from 'vitest';
import { put, settled } from '../contract/harness.ts';
import { OffsetUnknown } from '../errors.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { offsetAt } from './positions.ts';
import { bytesOf, tempFolders, using } from './testing.ts';

const folderOf = tempFolders();

/** Items whose frames have lengths that look like newlines (10, 2570) among others. */
const SIZES = [0, 1, 1, 300, 2561, 30];

test('of all byte positions only the ends of appends can be read from or forked at', {
  timeout: 60_000,
}, async () => {
  const folder = await folderOf();
  await using(folder, async (engine) => {
    const { next } = await engine.create('s');
    const minted = new Set([next]);
    for (const size of SIZES) minted.add(await put(engine, 's', { n: 'x'.repeat(size) }));
    const { length } = bytesOf(folder, 's');
    for (let position = 0; position <= length + 8; position += 1) {
      const offset = offsetAt(position);
      const [page, fork] = await Promise.all([
        settled(engine.read('s', offset)),
        settled(engine.fork(`f/${position}`, { stream: 's', offset })),
      ]);
      if (minted.has(offset)) {
        expect([page, fork]).not.toContainEqual(expect.any(Error));
      } else {
        expect(page).toBeInstanceOf(OffsetUnknown);
        expect(fork).toBeInstanceOf(OffsetUnknown);
      }
    }
    const made: string[] = [];
    for await (const name of engine.list('f/')) made.push(name);
    expect(made).toHaveLength(minted.size);
    const whole = await readAll(engine, `f/${length}`, START);
    expect(whole).toEqual(await readAll(engine, 's', START));
  });
});
