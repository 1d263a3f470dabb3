/**
 * Whatever is done to the logs of a folder, after `doctor --fix` every conversation opens, can be read from each of its messages back to
 * the first, answered and forked, and each message whose bytes were left alone is there word for word. Long: `npm run torture -- damage`.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { branchStream, type Message, textOf } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { newestFolds } from '../../conversations/simulation/truth.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { openReader } from '../../engine/embedded/reader.ts';
import { type Engine, START } from '../../engine/index.ts';
import {
  command,
  folderWith,
  goOn,
  KYOTO,
  OSAKA,
  readEverything,
  type Talk,
  tempFolders,
  usual,
} from '../testing.ts';

const ROUNDS = Number(process.env.BOUGH_TORTURE_ROUNDS ?? 5);
const seed = Number(process.env.BOUGH_TORTURE_SEED ?? Date.now() % 1_000_000);
vi.setConfig({ testTimeout: 60_000 + ROUNDS * 20_000 });

const folderOf = tempFolders();

async function say(talk: Talk, hash: string): Promise<void> {
  await usual(talk, hash);
  for (const [at, parent] of ['rc', 'rd', 'rc', 'ra', 'rb', 'rm4'].entries()) {
    await talk.send(KYOTO, `m${at}`, parent);
    await talk.answer(`m${at}`, `answers ${'at length, '.repeat(at * 20)} ${at}`);
  }
}

interface Said {
  readonly conversation: string;
  readonly header: MessageHeader;
  readonly text: string;
}

/** Every message, read where the outline says that it is. */
async function said(engine: Engine): Promise<Map<string, Said>> {
  const found = new Map<string, Said>();
  for (const conversation of [KYOTO, OSAKA]) {
    const { tree } = await newestFolds({ memory: engine }, conversation);
    for (const header of tree.messages.values()) {
      const stream = branchStream(conversation, header.branch);
      const { items, next } = await engine.read(stream, header.start, { maxItems: 1 });
      const message = items[0] as Message;
      expect({ id: message.id, end: next }).toEqual({ id: header.id, end: header.end });
      found.set(header.id, { conversation, header, text: textOf(message.parts) });
    }
  }
  return found;
}

const WAYS = [
  'zeros',
  'noise',
  'cut',
  'taken out',
  'put in',
  'gone',
  'longer',
  'deleted',
  'swapped',
] as const;

/** What is done to a log. `where` and `length` are shares of it. */
interface Damage {
  readonly what: (typeof WAYS)[number];
  /** Which stream, and another: counted over all there are. */
  readonly stream: number;
  readonly other: number;
  readonly where: number;
  readonly length: number;
}

const share = fc.integer({ min: 0, max: 1_000 }).map((part) => part / 1_000);
const damages = fc.array(
  fc.record({
    what: fc.constantFrom(...WAYS),
    stream: fc.nat(1_000),
    other: fc.nat(1_000),
    where: fc.oneof(share, fc.constant(0)),
    length: fc.oneof(
      share,
      share.map((part) => part / 20),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The first and last byte of a stream's own log that is not as it was. */
interface Touched {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
}

const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER };

async function damage(data: string, { what, stream, other, where, length }: Damage): Promise<Touched[]> {
  const reader = openReader(join(data, 'engine'));
  const streams = [...reader.streams('')];
  await reader.close();
  const one = streams[stream % streams.length];
  const two = streams[other % streams.length];
  if (!one || !two) return [];
  const pathOf = (log: string): string => join(data, 'engine', 'streams', log);
  const path = pathOf(one.log);
  if (what === 'deleted') {
    const engine = await openEmbeddedEngine(data);
    await engine.delete(one.name).finally(() => engine.shutdown());
    return [{ stream: one.name, ...ALL }];
  }
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  if (what === 'swapped') {
    const others = await readFile(pathOf(two.log)).catch(() => Buffer.alloc(0));
    await writeFile(path, others);
    await writeFile(pathOf(two.log), bytes);
    return [
      { stream: one.name, ...ALL },
      { stream: two.name, ...ALL },
    ];
  }
  if (what === 'gone') {
    await rm(path, { force: true });
    return [{ stream: one.name, ...ALL }];
  }
  const from = Math.floor(where * bytes.length);
  const to = Math.min(bytes.length, from + 1 + Math.floor(length * bytes.length));
  const [before, middle, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  const noise = noiseOf(what === 'longer' ? 30 : middle.length, `${stream} ${where}`);
  const changed = {
    ...{ zeros: [before, Buffer.alloc(middle.length), after], noise: [before, noise, after] },
    ...{ cut: [before], 'taken out': [before, after], 'put in': [before, noise, middle, after] },
    longer: [bytes, noise],
  }[what];
  await writeFile(path, Buffer.concat(changed));
  if (what === 'longer') return [];
  return [{ stream: one.name, from, to: what === 'cut' ? ALL.to : what === 'put in' ? from + 1 : to }];
}

/** The same for the same seed. */
function noiseOf(length: number, from: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < length; at += 1)
    parts.push(createHash('sha256').update(`${from} ${at}`).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** Offsets of the embedded engine are bytes; a fork's go on from where it left its source. */
function isTouched(touched: readonly Touched[], { conversation, header }: Said, base: number): boolean {
  const stream = branchStream(conversation, header.branch);
  const place = (offset: string): number => (offset === START ? 0 : Number(offset.slice(17)) - base);
  return touched.some(
    (one) => one.stream === stream && place(header.start) < one.to && place(header.end) > one.from,
  );
}

async function basesOf(data: string): Promise<Map<string, number>> {
  const reader = openReader(join(data, 'engine'));
  const bases = [...reader.streams('')].map(({ name, base }) => [name, Number(base.slice(17))] as const);
  await reader.close();
  return new Map(bases);
}

test('after it, every conversation opens, can be answered and forked, and has the words that were left alone', async () => {
  await fc.assert(
    fc.asyncProperty(damages, fc.constantFrom(5, 1_000), async (done, segmentItems) => {
      const data = join(await folderOf(), 'data');
      let before = new Map<string, Said>();
      await folderWith(
        data,
        async (talk, hash, engine) => {
          await say(talk, hash);
          before = await said(engine);
        },
        { segmentItems },
      );
      const bases = await basesOf(data);
      const touched: Touched[] = [];
      for (const one of done) touched.push(...(await damage(data, one)));
      const { code, text } = await command(data, 'doctor', '--fix');
      expect(code, text).toBe(/^Lost:$/m.test(text) ? 1 : 0);
      expect(text.includes('All is well.'), text).toBe(code === 0);
      const again = await command(data, 'doctor');
      expect(again.code, `${text}\n${again.text}`).toBe(0);
      await folderWith(
        data,
        async (talk, _, engine) => {
          for (const conversation of [KYOTO, OSAKA]) await talk.service.open(conversation);
          await readEverything(engine);
          const after = await said(engine);
          for (const [name, message] of before) {
            const base = bases.get(branchStream(message.conversation, message.header.branch)) ?? 0;
            if (isTouched(touched, message, base)) continue;
            expect(after.get(name)?.text, `${name}\n${text}`).toBe(message.text);
          }
          await goOn(talk, engine);
          await readEverything(engine);
        },
        { segmentItems },
      );
      expect(await command(data, 'doctor')).toMatchObject({ code: 0 });
    }),
    { seed, numRuns: ROUNDS, endOnFailure: true, verbose: true },
  );
});
