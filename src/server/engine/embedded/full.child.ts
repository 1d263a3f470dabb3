/**
 * Run as a process of its own by full.test.ts, on a disk of a few hundred kB: fills it, and ends
 * well if nothing acknowledged is lost and all goes on once there is room.
 */
import assert from 'node:assert/strict';
import { appendFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { EngineUnavailable } from '../errors.ts';
import { type Engine, START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { openEmbeddedEngine } from './index.ts';

const [disk = ''] = process.argv.slice(2);
const folder = join(disk, 'data');
const filler = join(disk, 'filler');

async function failing(work: () => Promise<unknown>): Promise<number> {
  let failed = 0;
  for (let n = 0; n < 20; n += 1) {
    await work().catch((error: unknown) => {
      assert(error instanceof EngineUnavailable);
      assert.equal(error.message, 'The disk with the data folder is full.');
      failed += 1;
    });
  }
  return failed;
}

function fill(): void {
  for (const size of [4096, 64, 1]) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size));
    } catch {
      // As full as it gets with writes of this size.
    }
  }
}

const countOf = async (engine: Engine, stream: string): Promise<number> =>
  (await readAll(engine, stream, START)).items.length;

let engine = await openEmbeddedEngine(folder);
for (const stream of ['a', 'b']) await engine.create(stream);
let items = 0;
let seq = 0;
const append = (pad: number) => async (): Promise<void> => {
  seq += 1;
  await engine.append('a', [{ pad: 'x'.repeat(pad) }], { seq: String(seq).padStart(6, '0') });
  items += 1;
};
await append(10)();
fill();
assert.equal(engine.unwritten, undefined);
assert.equal(await failing(append(8000)), 20);
assert.equal(engine.unwritten, 'full');
await failing(append(0));
let made = 0;
while (made < 5000 && (await failing(() => engine.create(`n/${made}`).then(() => (made += 1)))) === 0) fill();
assert(made < 5000);
await failing(() => engine.close('b'));
assert.equal(await countOf(engine, 'a'), items);
unlinkSync(filler);
await append(8000)();
assert.equal(engine.unwritten, undefined);
await engine.create('later');
const { next: offset } = (await engine.head('a')) ?? { next: '' };
await engine.fork('fork', { stream: 'a', offset });
assert.equal(await countOf(engine, 'fork'), items);
await engine.shutdown();
engine = await openEmbeddedEngine(folder);
for (let n = 0; n < made; n += 1) assert.notEqual(await engine.head(`n/${n}`), null);
for (const stream of ['a', 'fork']) assert.equal(await countOf(engine, stream), items);
assert.equal((await engine.create('later')).created, false);
await engine.shutdown();
