/** What a provider is asked after every kind of fork: the whole path from the command to the model, on real streams. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contextOf, type Message, textOf } from '../protocol/index.ts';
import { depthOf } from './conversations/branch/fork.ts';
import { type ConversationService, createConversations } from './conversations/index.ts';
import { CONVERSATION, id, MODEL, readBranch, readTree } from './conversations/testing.ts';
import { modelCounterpart } from './counterparts/index.ts';
import { MemoryEngine } from './engine/testing/memory.ts';
import type { ModelSource } from './models/index.ts';
import { createRunner, type ReplyRunner } from './replies/index.ts';

let engine: MemoryEngine;
let service: ConversationService;
let runner: ReplyRunner;
/** What each reply's provider received, in the order of asking. */
let requests: (readonly Message[])[];

const source: ModelSource = {
  id: MODEL.source,
  facts: { name: 'Recorder', kind: 'openai-compatible', found: 'built-in', hasKey: false },
  list: async () => [],
  describe: () => ({ name: 'Recorder' }),
  async *stream({ messages }) {
    requests.push(messages);
    yield { kind: 'reasoning', text: 'Let me think.' };
    yield { kind: 'text', text: `answer ${requests.length}` };
    yield { kind: 'finish' };
  },
};

beforeEach(async () => {
  engine = new MemoryEngine();
  requests = [];
  service = createConversations({
    engine,
    models: { describe: () => ({ name: 'Recorder' }) },
    runner: (home) => {
      runner = createRunner({ home, counterpart: () => modelCounterpart(source) });
      return runner;
    },
  });
  await service.start();
  await service.execute('create', { conversation: CONVERSATION });
});
afterEach(async () => {
  await runner.shutdown();
  await service.shutdown();
});

const base = (name: string) => ({ conversation: CONVERSATION, message: id(name), text: `says ${name}` });
const asking = (name: string) => ({ reply: id(`r${name}`), model: MODEL });
const send = (name: string, parent: string | null, origin: 'send' | 'fork' = 'send') =>
  service.execute('send', { ...base(name), ...asking(name), parent: parent && id(parent), origin });
const edit = (name: string, of: string) => service.execute('edit', { ...base(name), of: id(of) });
const editAndAsk = (name: string, of: string) =>
  service.execute('edit', { ...base(name), ...asking(name), of: id(of) });
const regenerate = (reply: string, parent: string) =>
  service.execute('regenerate', {
    ...{ conversation: CONVERSATION, parent: id(parent), reply: id(reply) },
    model: MODEL,
  });
const system = (name: string, after: string | null, text = `prompt ${name}`) =>
  service.execute('system', { ...base(name), after: after && id(after), text });

/** Waits for the reply's message, then says what its provider received; all of it is as its branch says. */
async function askedFor(reply: string): Promise<string[]> {
  const isThere = async () => (await readTree(engine)).messages.has(id(reply));
  await expect.poll(isThere, { interval: 2, timeout: 10_000 }).toBe(true);
  const { parent, branch } = (await readTree(engine)).messages.get(id(reply)) ?? {};
  const received = requests.at(-1) ?? [];
  expect(received).toEqual(contextOf(await readBranch(engine, branch ?? ''), parent ?? '', MODEL));
  return received.map(({ parts }) => textOf(parts));
}

describe('the provider receives the line of the branch, whatever it leaves', () => {
  beforeEach(async () => {
    await send('a', null);
    await askedFor('ra');
    await send('b', 'ra');
    await askedFor('rb');
  });

  it('send at the tip, and stale', async () => {
    await send('c', 'rb');
    expect(await askedFor('rc')).toEqual(['says a', 'answer 1', 'says b', 'answer 2', 'says c']);
    expect(await send('d', 'ra')).toMatchObject({ forked: true });
    expect(await askedFor('rd')).toEqual(['says a', 'answer 1', 'says d']);
  });

  it('fork from here', async () => {
    await send('c', 'ra', 'fork');
    expect(await askedFor('rc')).toEqual(['says a', 'answer 1', 'says c']);
    expect((await readTree(engine)).messages.get(id('c'))?.origin.kind).toBe('fork');
  });

  it('edit, saved: the next message continues the version', async () => {
    await edit('c', 'b');
    await regenerate('r2', 'c');
    expect(await askedFor('r2')).toEqual(['says a', 'answer 1', 'says c']);
  });

  it('edit, saved and regenerated; again; of the first message', async () => {
    await editAndAsk('c', 'b');
    expect(await askedFor('rc')).toEqual(['says a', 'answer 1', 'says c']);
    await editAndAsk('d', 'c');
    expect(await askedFor('rd')).toEqual(['says a', 'answer 1', 'says d']);
    await editAndAsk('e', 'a');
    expect(await askedFor('re')).toEqual(['says e']);
  });

  it('edit of a reply', async () => {
    await edit('x', 'ra');
    await send('c', 'x');
    expect(await askedFor('rc')).toEqual(['says a', 'says x', 'says c']);
  });

  it('regenerate, and what follows the version', async () => {
    await regenerate('r2', 'a');
    expect(await askedFor('r2')).toEqual(['says a']);
    await send('c', 'r2');
    expect(await askedFor('rc')).toEqual(['says a', 'answer 3', 'says c']);
  });

  it('a system prompt at the tip, from a point on, from the start, and taken away', async () => {
    await system('s', 'rb');
    await send('c', 's');
    expect(await askedFor('rc')).toEqual(['prompt s', 'says a', 'answer 1', 'says b', 'answer 2', 'says c']);
    await system('t', 'ra');
    await send('d', 't');
    expect(await askedFor('rd')).toEqual(['prompt t', 'says a', 'answer 1', 'says d']);
    await system('u', null);
    await send('e', 'u');
    expect(await askedFor('re')).toEqual(['prompt u', 'says e']);
    await system('v', 're', '');
    await send('f', 'v');
    expect(await askedFor('rf')).toEqual(['says e', 'answer 5', 'says f']);
  });
});

it('a chain of forks is copied past depth 64, and goes on as before', { timeout: 60_000 }, async () => {
  await send('m0', null);
  await askedFor('rm0');
  const line = ['says m0', 'answer 1'];
  for (let depth = 1; depth <= 66; depth += 1) {
    // Each leaves the branch of the one before, at its reply, with something else there already.
    await send(`x${depth}`, `rm${depth - 1}`);
    await askedFor(`rx${depth}`);
    await send(`m${depth}`, `rm${depth - 1}`);
    line.push(`says m${depth}`);
    expect(await askedFor(`rm${depth}`)).toEqual(line);
    line.push(`answer ${requests.length}`);
  }
  const tree = await readTree(engine);
  const kinds = [64, 65, 66].map((depth) => tree.branches.get(id(`m${depth}`))?.kind);
  expect(kinds).toEqual(['fork', 'copy', 'fork']);
  expect(depthOf(tree, id('m64'))).toBe(64);
  expect(depthOf(tree, id('m66'))).toBe(1);
  await editAndAsk('last', 'm66');
  line.splice(-2);
  expect(await askedFor('rlast')).toEqual([...line, 'says last']);
});
