/**
 * Run as a process of its own by crash.test.ts, until it is killed: writers that append, fork and
 * close as fast as they can, and say on standard output what was acknowledged.
 */
import { writeSync } from 'node:fs';
import type { Engine, Offset } from '../port.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { openEmbeddedEngine } from './index.ts';

const WRITERS = 6;
const FORK_EVERY = 15;
/** Mostly like deltas, seldom so large that a kill falls into the write. */
const PADS = [0, 10, 300, 5_000, 600_000];

const [folder = '', round = ''] = process.argv.slice(2);

/** The only thing that outlives the process besides the folder, so at once and not in parts. */
const say = (...words: (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);

async function write(engine: Engine, writer: number): Promise<void> {
  const stream = `w/${writer}`;
  await engine.create(stream);
  for (let n = (await readAll(engine, stream, START)).items.length / 2; ; n += 1) {
    const pad = 'x'.repeat(PADS[Math.floor(Math.random() ** 16 * PADS.length)] ?? 0);
    const { next: seq = '' } = (await engine.head(stream)) ?? {};
    const options = writer % 2 === 0 ? { seq } : {};
    const result = await engine.append(
      stream,
      [
        { n, pad },
        { n, half: 2 },
      ],
      options,
    );
    if (result.kind !== 'appended') throw new Error(`not appended: ${result.kind}`);
    say('item', stream, n);
    if (n % FORK_EVERY === 0) await fork(engine, stream, n, result.next);
  }
}

async function fork(engine: Engine, stream: string, n: number, offset: Offset): Promise<void> {
  const name = `f/${stream}/${n}/${round}`;
  await engine.fork(name, { stream, offset });
  say('fork', name, n);
  await engine.append(name, [{ own: n }], { close: true });
  say('closed', name, n);
}

const engine = await openEmbeddedEngine(folder);
say('ready');
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(engine, writer)));
