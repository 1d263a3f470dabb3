import { beforeEach, expect, it } from 'vitest';
import { type Message, VERSION } from '../../../protocol/index.ts';
import { type Engine, START } from '../../engine/index.ts';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import { BranchMessages } from './branch-messages.ts';

let memory: MemoryEngine;
let read: number;
let branches: BranchMessages;

beforeEach(async () => {
  memory = new MemoryEngine();
  branches = new BranchMessages(counting());
  await memory.create('trunk');
});

/** Counts items that were read. */
function counting(): Pick<Engine, 'read'> {
  read = 0;
  return {
    read: async (...given) => {
      const page = await memory.read(...given);
      read += page.items.length;
      return page;
    },
  };
}

const message = (n: number, text = ''): Message => ({
  ...{
    v: VERSION,
    kind: 'message',
    id: `message-${n}`,
    parent: n === 0 ? null : `message-${n - 1}`,
    role: 'user',
  },
  ...{ author: { kind: 'user' }, parts: [{ kind: 'text', text }], origin: { kind: 'send' }, time: n },
});

async function say(stream: string, from: number, count: number, text = '') {
  let end = START;
  for (let n = from; n < from + count; n += 1) {
    const result = await memory.append(stream, [message(n, text)]);
    if (result.kind === 'appended') end = result.next;
  }
  return end;
}

it('reads what is new, whatever was said before', async () => {
  await say('trunk', 0, 200);
  expect((await branches.of('trunk'))('message-199')?.time).toBe(199);
  expect(read).toBe(200);
  await say('trunk', 200, 2);
  const of = await branches.of('trunk');
  expect([of('message-0')?.time, of('message-201')?.time, of('message-202')]).toEqual([0, 201, undefined]);
  expect(read).toBe(202);
});

it('reads of a fork what is its own, and of its source what is new', async () => {
  await say('trunk', 0, 50);
  await branches.of('trunk');
  const offset = await say('trunk', 50, 1);
  await memory.fork('fork', { stream: 'trunk', offset });
  branches.forked('fork', { stream: 'trunk', offset });
  await memory.append('fork', [message(60)]);
  const of = await branches.of('fork');
  expect([of('message-0')?.time, of('message-50')?.time, of('message-60')?.time]).toEqual([0, 50, 60]);
  expect(read).toBe(52);
});

it('reads all of a fork whose source is not known, or was forgotten', async () => {
  branches = new BranchMessages(counting(), 3_000);
  const offset = await say('trunk', 0, 5);
  await memory.fork('fork', { stream: 'trunk', offset });
  branches.forked('fork', { stream: 'trunk', offset });
  expect((await branches.of('fork'))('message-0')?.time).toBe(0);
  await memory.create('large');
  await say('large', 0, 10, 'x'.repeat(1_000));
  await branches.of('large');
  read = 0;
  expect((await branches.of('fork'))('message-4')?.time).toBe(4);
  expect(read).toBe(5);
});

it('of a message that stands there twice the first counts', async () => {
  await memory.append('trunk', [message(0, 'first'), message(0, 'again')]);
  expect((await branches.of('trunk'))('message-0')?.parts).toEqual([{ kind: 'text', text: 'first' }]);
  await memory.append('trunk', [message(0, 'later')]);
  expect((await branches.of('trunk'))('message-0')?.parts).toEqual([{ kind: 'text', text: 'first' }]);
});

it('reads a stream anew that was deleted and made again, and says that one is missing', async () => {
  await say('trunk', 0, 3, 'some words so that offsets differ');
  await branches.of('trunk');
  await memory.delete('trunk');
  await expect(branches.of('trunk')).rejects.toMatchObject({ kind: 'missing' });
  await memory.create('trunk');
  await say('trunk', 7, 1);
  const of = await branches.of('trunk');
  expect([of('message-0'), of('message-7')?.time]).toEqual([undefined, 7]);
});
