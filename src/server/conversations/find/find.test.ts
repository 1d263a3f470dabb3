import { beforeEach, describe, expect, it } from 'vitest';
import type { FindQuery } from '../../../protocol/find/find.ts';
import { branchStream } from '../../../protocol/index.ts';
import { type Bench, benchWith, CONVERSATION, FailingEngine, id, send } from '../testing.ts';

let made: Bench;
let engine: FailingEngine;

async function answered(name: string, parent: string | null, words: string) {
  await send(made, name, parent);
  await made.runner.say(id(`r${name}`), words);
  await made.runner.end(id(`r${name}`));
}

/** a, ra ─┬ b, rb ─ c, rc; ra ─ d, rd */
beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  await answered('a', null, 'A week in Kyōto, or two');
  await answered('b', 'ra', 'Trains leave at six');
  await answered('c', 'rb', 'The market opens at six');
  await answered('d', 'ra', 'Osaka is louder');
});

const find = (query: Partial<FindQuery>, skip = 0) =>
  made.service.find(CONVERSATION, { words: '', ...query }, skip);
const ids = async (query: Partial<FindQuery>) => (await find(query)).ids;
const mark = (name: string, fields: object) =>
  made.service.execute('mark', { conversation: CONVERSATION, marks: [{ message: id(name), ...fields }] });

describe('finds', () => {
  it('words in every branch, in the order they were said, with an excerpt', async () => {
    expect(await find({ words: 'SIX' })).toEqual({
      ids: [id('rb'), id('rc')],
      hits: [
        { id: id('rb'), excerpt: 'Trains leave at six', marks: [[16, 19]] },
        { id: id('rc'), excerpt: 'The market opens at six', marks: [[20, 23]] },
      ],
    });
    expect(await ids({ words: 'kyoto two' })).toEqual([id('ra')]);
    expect(await ids({ words: '"kyoto two"' })).toEqual([]);
  });

  it('by role, model, date, star and label', async () => {
    expect(await ids({ words: 'says', role: 'assistant' })).toEqual([]);
    expect((await ids({ words: 'says', role: 'user' })).length).toBe(4);
    expect((await ids({ model: 'Demo' })).length).toBe(4);
    expect(await ids({ model: 'Other' })).toEqual([]);
    const tree = (await find({ words: 'osaka' })).ids;
    expect(tree).toEqual([id('rd')]);
    await mark('b', { label: 'Rail' });
    expect(await ids({ label: 'Rail' })).toEqual(['b', 'rb', 'c', 'rc'].map(id));
    expect(await ids({ label: 'Rail', words: 'market' })).toEqual([id('rc')]);
    await mark('rd', { star: true });
    expect(await ids({ starred: true })).toEqual([id('rd')]);
    expect(await ids({ before: 1 })).toEqual([]);
    expect((await ids({ after: 1 })).length).toBe(8);
  });

  it('nothing where nothing is asked', async () => {
    expect(await find({ words: ' "" ' })).toEqual({ ids: [], hits: [] });
  });

  it('what is pruned, too', async () => {
    await mark('b', { pruned: true });
    expect(await ids({ words: 'market' })).toEqual([id('rc')]);
  });
});

it('follows the conversation, and reads only what is new', async () => {
  await find({ words: 'six' });
  await answered('e', 'rc', 'Six again');
  const before = engine.calls.length;
  expect(await ids({ words: 'six' })).toEqual([id('rb'), id('rc'), id('re')]);
  const reads = engine.calls.slice(before).filter((call) => call.startsWith('read') && call.includes('/b/'));
  expect(reads.length).toBe(1);
});

it('reads a branch with one request, whatever its length', async () => {
  const before = engine.calls.length;
  await find({ words: 'six' });
  const reads = engine.calls.slice(before).filter((call) => call.includes('/b/') && call.startsWith('read'));
  expect(new Set(reads).size).toBe(reads.length);
});

it('finds a version that was edited, not a reply that is still being written', async () => {
  const text = 'Lanterns instead';
  await made.service.execute('edit', { conversation: CONVERSATION, of: id('b'), message: id('b2'), text });
  await send(made, 'f', 'rd');
  await made.runner.say(id('rf'), 'Lanterns too');
  expect(await ids({ words: 'lanterns' })).toEqual([id('b2')]);
  await made.runner.end(id('rf'));
  expect(await ids({ words: 'lanterns' })).toEqual([id('b2'), id('rf')]);
});

it('knows the first words of what cannot be read any more', async () => {
  await engine.delete(branchStream(CONVERSATION, id('d')));
  expect(await ids({ words: 'osaka' })).toEqual([id('rd')]);
});

it('gives fifty excerpts at a time, and all ids', async () => {
  for (let n = 0; n < 60; n += 1) await send(made, `m${n}`, 'ra');
  const first = await find({ words: 'says' });
  expect([first.ids.length, first.hits.length]).toEqual([64, 50]);
  const rest = await find({ words: 'says' }, 50);
  expect(rest.hits.map((hit) => hit.id)).toEqual(first.ids.slice(50));
});

it('says that there is no such conversation', async () => {
  await expect(made.service.find('nobodys-conversation', { words: 'x' }, 0)).rejects.toMatchObject({
    status: 404,
  });
});
