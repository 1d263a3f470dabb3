/** Whatever is done to one log of a folder, the doctor makes it whole again, and every message whose bytes were left alone is there word for word. */
import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { branchStream, type Message, textOf } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { Random } from '../../conversations/simulation/random.ts';
import { newestFolds } from '../../conversations/simulation/truth.ts';
import { id } from '../../conversations/testing.ts';
import { openReader } from '../../engine/embedded/reader.ts';
import type { Engine } from '../../engine/index.ts';
import { command, folderWith, KYOTO, OSAKA, type Talk, tempFolders, usual } from '../testing.ts';

vi.setConfig({ testTimeout: 240_000 });

const ROUNDS = Number(process.env.BOUGH_TORTURE_ROUNDS ?? 6);
const seed = Number(process.env.BOUGH_TORTURE_SEED ?? Date.now() % 1_000_000);
const folderOf = tempFolders();

async function say(talk: Talk, hash: string): Promise<void> {
  await usual(talk, hash);
  for (const [at, parent] of ['rc', 'rd', 'rc', 'ra', 'rb'].entries()) {
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

interface Damage {
  readonly what: string;
  readonly stream: string;
  /** The first and last byte of the log that is not as it was. */
  readonly from: number;
  readonly to: number;
}

async function damage(data: string, random: Random): Promise<Damage> {
  const reader = openReader(join(data, 'engine'));
  const streams = [...reader.streams('')];
  await reader.close();
  const { name: stream, log } = random.pick(streams);
  const path = join(data, 'engine', 'streams', log);
  const bytes = await readFile(path);
  const from = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + 1 + random.below(random.chance(0.5) ? 20 : 600));
  const what = random.pick(['zeros', 'noise', 'cut', 'gone', 'longer']);
  if (what === 'gone') await rm(path);
  else {
    const middle = what === 'zeros' ? Buffer.alloc(to - from) : randomBytes(to - from);
    const changed = {
      zeros: [bytes.subarray(0, from), middle, bytes.subarray(to)],
      noise: [bytes.subarray(0, from), middle, bytes.subarray(to)],
      cut: [bytes.subarray(0, from)],
      longer: [bytes, randomBytes(30)],
    }[what];
    await writeFile(path, Buffer.concat(changed ?? []));
  }
  const reach = {
    gone: [0, Number.MAX_SAFE_INTEGER],
    cut: [from, Number.MAX_SAFE_INTEGER],
    longer: [-1, -1],
  }[what];
  return { what, stream, from: reach?.[0] ?? from, to: reach?.[1] ?? to };
}

/** Offsets of the embedded engine are bytes; a fork's go on from where it left its source. */
function isTouched({ stream, from, to }: Damage, { conversation, header }: Said, base: number): boolean {
  if (stream !== branchStream(conversation, header.branch)) return false;
  const place = (offset: string): number => (offset === '-1' ? 0 : Number(offset.slice(17)) - base);
  return place(header.start) < to && place(header.end) > from;
}

async function baseOf(data: string, stream: string): Promise<number> {
  const reader = openReader(join(data, 'engine'));
  const base = reader.stream(stream)?.base ?? '';
  await reader.close();
  return Number(base.slice(17));
}

test('what was not damaged is there word for word, and the conversation goes on', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const random = new Random(seed + round);
    const data = join(await folderOf(), 'data');
    let before = new Map<string, Said>();
    const options = { segmentItems: random.pick([5, 1_000]) };
    await folderWith(
      data,
      async (talk, hash, engine) => {
        await say(talk, hash);
        before = await said(engine);
      },
      options,
    );
    const done = await damage(data, random);
    const again = `BOUGH_TORTURE_SEED=${seed + round}: ${done.what} in ${done.stream} at ${done.from}`;
    const { code, text } = await command(data, 'doctor', '--fix');
    expect(code, `${again}\n${text}`).toBe(/^Lost:$/m.test(text) ? 1 : 0);
    expect(text.includes('All is well.'), `${again}\n${text}`).toBe(code === 0);
    expect(await command(data, 'doctor'), again).toMatchObject({ code: 0 });
    const base = await baseOf(data, done.stream);
    await folderWith(
      data,
      async (talk, _, engine) => {
        for (const conversation of [KYOTO, OSAKA]) await talk.service.open(conversation);
        const after = await said(engine).catch((error: unknown) => {
          throw new Error(again, { cause: error });
        });
        for (const [name, message] of before) {
          if (isTouched(done, message, base)) continue;
          expect(after.get(name)?.text, `${again}: ${name}\n${text}`).toBe(message.text);
        }
        const tip = [...after.values()].findLast(
          ({ conversation, header }) => conversation === KYOTO && header.role === 'assistant',
        );
        const parent = tip?.header.id.replace(/-+$/, '') ?? null;
        await talk.send(KYOTO, 'more', parent);
        await talk.answer('more');
        expect((await said(engine)).has(id('rmore')), again).toBe(true);
      },
      options,
    );
  }
});
