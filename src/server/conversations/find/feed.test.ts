import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EverywhereQuery } from '../../../protocol/find/everywhere.ts';
import { openWordStore, type WordStore } from '../../word-index/index.ts';
import { type Bench, bench, CONVERSATION, FailingEngine, id, MODEL } from '../testing.ts';

let folder: string;
let engine: FailingEngine;
let words: WordStore;
let made: Bench;

const OTHER = id('c2');
const path = () => join(folder, 'words.db');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-words-'));
  engine = new FailingEngine();
  await opened();
});

afterEach(async () => {
  await closed();
  await rm(folder, { recursive: true, force: true });
});

async function opened(): Promise<void> {
  words = openWordStore({ path: path(), engine: 'test' });
  made = bench({ engine, words });
  await made.service.start();
  made.clock.pass(1_000);
  await caughtUp();
}

const caughtUp = () =>
  vi.waitFor(async () => expect((await ask({ words: 'x' })).reading).toBeUndefined(), { timeout: 10_000 });

async function closed(): Promise<void> {
  await made.service.shutdown();
  await words.close();
}

async function said(conversation: string, name: string, parent: string | null, text: string) {
  const [message, reply] = [id(name), id(`r${name}`)];
  const asked = { conversation, message, parent: parent && id(parent), text, reply, model: MODEL };
  await made.service.execute('send', asked);
  await made.runner.say(reply, `answers ${text}`);
  await made.runner.end(reply);
}

const created = (conversation: string) => made.service.execute('create', { conversation });

/** What is found once all that was written is kept. */
async function found(query: Partial<EverywhereQuery>): Promise<readonly string[]> {
  made.clock.pass(1_000);
  await caughtUp();
  await made.service.fed();
  return (await ask(query)).hits.map((hit) => hit.id);
}

const ask = (query: Partial<EverywhereQuery>) => made.service.findEverywhere({ words: '', ...query });

it('follows what is written: messages, versions, marks, archiving, deletion', async () => {
  await created(CONVERSATION);
  await created(OTHER);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  await said(OTHER, 'b', null, 'lanterns elsewhere');
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('b'), id('a')]);
  const text = 'lanterns in Nara, with all that one says of a place where one has never been before';
  const edited = { conversation: CONVERSATION, of: id('a'), message: id('a2'), text };
  await made.service.execute('edit', edited);
  expect(await found({ words: 'kyoto nara' })).toEqual([]);
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('a2'), id('b'), id('a')]);
  const hits = (await ask({ words: 'nara' })).hits;
  const branch = 'lanterns in Nara, with all that one says of a place where…';
  expect(hits).toMatchObject([{ conversation: CONVERSATION, branch }]);

  const mark = (fields: object) =>
    made.service.execute('mark', { conversation: CONVERSATION, marks: [{ message: id('a2'), ...fields }] });
  await mark({ label: 'Trip' });
  expect(await found({ label: 'Trip' })).toEqual([id('a2')]);
  await mark({ pruned: true });
  expect(await found({ words: 'nara' })).toEqual([]);
  expect(await found({ words: 'nara', pruned: true })).toEqual([id('a2')]);

  await made.service.execute('archive', { conversation: CONVERSATION });
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('b')]);
  expect((await ask({ words: 'kyoto', archived: true })).conversations).toEqual([
    { id: CONVERSATION, title: 'lanterns in Kyōto', archived: true },
  ]);
  await made.service.execute('restore', { conversation: CONVERSATION });
  await made.service.execute('delete', { conversation: OTHER });
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('a')]);
  expect((await words.conversations()).map((kept) => kept.id)).toEqual([CONVERSATION]);
  await made.service.execute('undelete', { conversation: OTHER });
  expect(await found({ words: 'elsewhere', role: 'user' })).toEqual([id('b')]);
});

it('reads an old folder, and after that only what came while it was off', async () => {
  await created(CONVERSATION);
  await created(OTHER);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  await said(OTHER, 'b', null, 'lanterns elsewhere');
  expect(await found({ words: 'lanterns' })).toHaveLength(4);
  await closed();
  made = bench({ engine });
  await made.service.start();
  await said(CONVERSATION, 'c', 'ra', 'lanterns again');
  await made.service.shutdown();

  const before = engine.calls.length;
  await opened();
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('c'), id('b'), id('a')]);
  const reads = engine.calls.slice(before).filter((call) => call.startsWith('read') && call.includes('/b/'));
  expect(reads).toEqual([`read c/${CONVERSATION}/b/${id('a')}`]);
});

it.each([
  ['missing', () => rm(path())],
  ['no database', () => writeFile(path(), 'x'.repeat(9_000))],
])('is built again where the file is %s', async (_, spoil) => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  expect(await found({ words: 'lanterns' })).toHaveLength(2);
  await closed();
  await spoil();
  await opened();
  expect(await found({ words: 'lanterns' })).toHaveLength(2);
});

it('is built again where it turns out to be broken', async () => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto '.repeat(2_000));
  expect(await found({ words: 'lanterns' })).toHaveLength(2);
  await closed();
  // All but the head and the list of tables.
  const file = await open(path(), 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size - 8_192, 'x'), 0, size - 8_192, 8_192);
  await file.close();
  words = openWordStore({ path: path(), engine: 'test' });
  made = bench({ engine, words });
  await made.service.start();
  await vi.waitFor(
    async () => {
      made.clock.pass(10_000);
      expect((await ask({ words: 'lanterns' })).hits).toHaveLength(2);
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(made.troubles.length).toBeGreaterThan(0);
});

it('finds what another server on the same engine wrote', async () => {
  await closed();
  words = openWordStore({ path: path(), engine: 'test' });
  made = bench({ engine, words, alone: false });
  await made.service.start();
  made.clock.pass(1_000);
  await caughtUp();
  const other = bench({ engine, alone: false });
  await other.service.start();
  await other.service.execute('create', { conversation: OTHER });
  const asked = { conversation: OTHER, message: id('b'), parent: null, text: 'lanterns elsewhere' };
  await other.service.execute('send', { ...asked, reply: id('rb'), model: MODEL });
  await vi.waitFor(
    async () => {
      made.clock.pass(5_000);
      expect((await ask({ words: 'lanterns' })).hits.map((hit) => hit.id)).toEqual([id('b')]);
    },
    { timeout: 20_000, interval: 100 },
  );
  await other.service.shutdown();
});

it('is built again for another engine, and knows nothing of the one before', async () => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  expect(await found({ words: 'lanterns' })).toHaveLength(2);
  await closed();
  engine = new FailingEngine();
  await opened();
  await created(OTHER);
  await said(OTHER, 'b', null, 'lanterns elsewhere');
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('b')]);
  expect((await words.conversations()).map((kept) => kept.id)).toEqual([OTHER]);
});

it('goes on where the engine did not answer', async () => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  made.clock.pass(1_000);
  await made.service.fed();
  await said(CONVERSATION, 'b', 'ra', 'lanterns again');
  engine.failNext('read', 'before', `/b/${id('a')}`);
  made.clock.pass(1_000);
  await made.service.fed();
  expect(made.troubles).toHaveLength(1);
  made.clock.pass(10_000);
  expect(await found({ words: 'lanterns', role: 'user' })).toEqual([id('b'), id('a')]);
});

it('calls it no fault that the words are closed before what asks for them', async () => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'lanterns in Kyōto');
  await words.close();
  made.clock.pass(1_000);
  await made.service.fed();
  await expect(ask({ words: 'lanterns' })).rejects.toMatchObject({ code: 'cannot-find' });
  expect(made.troubles).toEqual([]);
});

it('says so where nothing is kept', async () => {
  const without = bench({ engine });
  await expect(without.service.findEverywhere({ words: 'x' })).rejects.toMatchObject({
    status: 503,
    code: 'cannot-find',
  });
});

it('counts hidden branches by conversation, as they are hidden and brought back', async () => {
  await created(CONVERSATION);
  await created(OTHER);
  await said(CONVERSATION, 'a', null, 'lanterns');
  await said(CONVERSATION, 'b', 'ra', 'paper ones');
  await said(OTHER, 'c', null, 'candles');
  const hidden = async () => {
    await found({ words: 'x' });
    const { conversations } = await made.service.hidden();
    return conversations.map(({ id: of, branches, archived }) => [of, branches, archived ?? false]);
  };
  const mark = (conversation: string, message: string, pruned: boolean) =>
    made.service.execute('mark', { conversation, marks: [{ message: id(message), pruned }] });
  expect(await hidden()).toEqual([]);
  await mark(CONVERSATION, 'b', true);
  await mark(OTHER, 'rc', true);
  await mark(CONVERSATION, 'ra', true);
  expect(await hidden()).toEqual([
    [CONVERSATION, 2, false],
    [OTHER, 1, false],
  ]);
  await made.service.execute('archive', { conversation: OTHER });
  await mark(CONVERSATION, 'ra', false);
  await mark(CONVERSATION, 'b', false);
  expect(await hidden()).toEqual([[OTHER, 1, true]]);
  // Also after a start that reads no conversation again.
  await closed();
  await opened();
  expect(await hidden()).toEqual([[OTHER, 1, true]]);
  await made.service.execute('delete', { conversation: OTHER });
  expect(await hidden()).toEqual([]);
});

// Such a text took more than the memory of the thread, and with the thread the process.
it('keeps the beginning of a text without end, and goes on with the next', async () => {
  await created(CONVERSATION);
  await said(CONVERSATION, 'a', null, 'one');
  await made.service.execute('send', {
    ...{ conversation: CONVERSATION, message: id('b'), parent: id('ra'), text: 'two' },
    ...{ reply: id('rb'), model: MODEL },
  });
  await made.runner.say(id('rb'), `lantern ${'candle '.repeat(5_000_000)} wick`);
  await made.runner.end(id('rb'));
  await said(CONVERSATION, 'c', 'rb', 'three');
  expect(await found({ words: 'lantern candle' })).toEqual([id('rb')]);
  expect(await found({ words: 'wick' })).toEqual([]);
  expect(await found({ words: 'three' })).toEqual([id('rc'), id('c')]);
}, 60_000);
