import { statSync, truncateSync, unlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { item, put } from '../contract/harness.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { encodeFrame } from './frames.ts';
import type { Repair } from './settle.ts';
import { bytesOf, logOf, tear, tempFolders, using } from './testing.ts';

const folderOf = tempFolders();
const frame = encodeFrame(JSON.stringify(item(9)));

function lyingFrame(length: number, text = JSON.stringify(item(9))): Buffer {
  const bytes = encodeFrame(text);
  bytes.writeUInt32BE(length, 0);
  return bytes;
}

const TORN: Record<string, Buffer> = {
  'half a length': frame.subarray(0, 2),
  'a length and nothing else': frame.subarray(0, 4),
  'half a frame': frame.subarray(0, frame.length - 5),
  'a frame without its newline': frame.subarray(0, frame.length - 1),
  'a frame whose last byte the disk never wrote': Buffer.concat([frame.subarray(0, -1), Buffer.alloc(1)]),
  'a length too short for what follows': lyingFrame(3),
  'a length of none': lyingFrame(0),
  'a length beyond any file': lyingFrame(0xffffffff),
  'room the disk gave but never filled': Buffer.alloc(4096),
  'a frame of something else than JSON': encodeFrame('{"n":'),
  'a whole frame and half of another': Buffer.concat([frame, frame.subarray(0, 7)]),
};

async function twoItems(): Promise<string> {
  const folder = await folderOf();
  await using(folder, async (engine) => {
    await engine.create('s');
    await put(engine, 's', item(0));
    await put(engine, 's', item(1));
  });
  return folder;
}

describe('a process that died while it appended', () => {
  for (const [what, bytes] of Object.entries(TORN)) {
    test(`left ${what}: it is cut off, and appends go on`, async () => {
      const folder = await twoItems();
      const kept = what.startsWith('a whole frame') ? [item(9)] : [];
      const whole = bytesOf(folder, 's').length + (kept.length > 0 ? frame.length : 0);
      tear(folder, 's', bytes);
      const repairs: Repair[] = [];
      await using(
        folder,
        async (engine) => {
          const before = await readAll(engine, 's', START);
          expect(before.items).toEqual([item(0), item(1), ...kept]);
          expect((await engine.head('s'))?.next).toBe(before.next);
          expect(statSync(logOf(folder, 's')).size).toBe(whole);
          await put(engine, 's', item(2));
          expect((await engine.read('s', before.next)).items).toEqual([item(2)]);
        },
        { onRepair: (_, repair) => repairs.push(repair) },
      );
      expect(repairs).toEqual([{ kind: 'cut', bytes: bytes.length - (kept.length > 0 ? frame.length : 0) }]);
      const items = await using(folder, async (engine) => (await readAll(engine, 's', START)).items);
      expect(items).toEqual([item(0), item(1), ...kept, item(2)]);
    });
  }

  test('left whole appends its record does not know: they are there', async () => {
    const folder = await twoItems();
    const more = encodeFrame(`${JSON.stringify(item(2))},${JSON.stringify(item(3))}`);
    tear(folder, 's', more, frame);
    await using(folder, async (engine) => {
      const { items, next } = await readAll(engine, 's', START);
      expect(items).toEqual([item(0), item(1), item(2), item(3), item(9)]);
      expect((await engine.head('s'))?.next).toBe(next);
      await put(engine, 's', item(4));
      expect((await engine.read('s', next)).items).toEqual([item(4)]);
    });
  });

  test('left a torn fork: it is cut at the fork, not at its source', async () => {
    const folder = await twoItems();
    await using(folder, async (engine) => {
      const at = (await engine.head('s'))?.next ?? '';
      await engine.fork('f', { stream: 's', offset: at });
      await put(engine, 'f', { own: 0 });
    });
    tear(folder, 'f', frame, frame.subarray(0, 6));
    tear(folder, 's', frame.subarray(0, 6));
    await using(folder, async (engine) => {
      const { items } = await readAll(engine, 'f', START);
      expect(items).toEqual([item(0), item(1), { own: 0 }, item(9)]);
      await put(engine, 'f', { own: 1 });
      await put(engine, 's', item(2));
      expect((await readAll(engine, 'f', START)).items).toEqual([...items, { own: 1 }]);
      expect((await readAll(engine, 's', START)).items).toEqual([item(0), item(1), item(2)]);
    });
  });

  test('left a torn source: forking from it comes after putting it right', async () => {
    const folder = await twoItems();
    tear(folder, 's', frame, frame.subarray(0, 6));
    await using(folder, async (engine) => {
      const { next } = await readAll(engine, 's', START);
      await engine.fork('f', { stream: 's', offset: next });
      expect((await readAll(engine, 'f', START)).items).toEqual([item(0), item(1), item(9)]);
    });
  });

  test('left a stream without its log: it is empty and usable', async () => {
    const folder = await folderOf();
    await using(folder, async (engine) => void (await engine.create('s')));
    unlinkSync(logOf(folder, 's'));
    const repairs: Repair[] = [];
    const onRepair = (_: string, repair: Repair): void => void repairs.push(repair);
    await using(
      folder,
      async (engine) => {
        expect((await engine.read('s', START)).items).toEqual([]);
        expect((await engine.create('s')).created).toBe(false);
        await put(engine, 's', item(0));
        expect((await engine.read('s', START)).items).toEqual([item(0)]);
        await engine.delete('s');
      },
      { onRepair },
    );
    expect(repairs).toEqual([]);
  });

  test('left many torn streams: starting touches none of them, using one touches that one', async () => {
    const folder = await twoItems();
    await using(folder, async (engine) => {
      await engine.create('other');
      await put(engine, 'other', item(0));
    });
    const sizes = (): number[] => ['s', 'other'].map((name) => bytesOf(folder, name).length);
    const whole = sizes();
    for (const name of ['s', 'other']) tear(folder, name, frame.subarray(0, 6));
    await using(folder, async (engine) => {
      expect(sizes()).toEqual(whole.map((size) => size + 6));
      await engine.head('other');
      expect(sizes()).toEqual([(whole[0] ?? 0) + 6, whole[1]]);
    });
  });
});

describe('a log that somebody else made shorter', () => {
  test('serves what is whole, says what is lost, and goes on', async () => {
    const folder = await twoItems();
    truncateSync(logOf(folder, 's'), bytesOf(folder, 's').length - 3);
    const repairs: Repair[] = [];
    await using(
      folder,
      async (engine) => {
        expect((await readAll(engine, 's', START)).items).toEqual([item(0)]);
        await put(engine, 's', item(5));
        expect((await readAll(engine, 's', START)).items).toEqual([item(0), item(5)]);
      },
      { onRepair: (_, repair) => repairs.push(repair) },
    );
    expect(repairs.map((repair) => repair.kind)).toEqual(['lost', 'cut']);
  });
});
