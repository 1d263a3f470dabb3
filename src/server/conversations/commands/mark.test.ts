import { beforeEach, expect, it } from 'vitest';
import { outlineStream } from '../../../protocol/index.ts';
import { markOf } from '../../../tree/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, FailingEngine, id, MODEL, readTree, send } from '../testing.ts';

let made: Bench;
let engine: FailingEngine;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Answer');
  await made.runner.end(id('ra'));
});

type Fields = { star?: boolean; label?: string; colour?: 'red' | 'none'; pruned?: boolean };
const mark = (name: string, fields: Fields) =>
  made.service.execute('mark', { conversation: CONVERSATION, marks: [{ message: id(name), ...fields }] });
const marked = async (name: string) => markOf(await readTree(engine), id(name));
const items = async () => (await readAll(engine, outlineStream(CONVERSATION), START)).items.length;

it('marks messages, each field for itself', async () => {
  await mark('a', { star: true, label: 'Budget' });
  await mark('a', { colour: 'red' });
  expect(await marked('a')).toEqual({
    star: true,
    label: 'Budget',
    colour: 'red',
    pruned: false,
    kept: false,
  });
  await mark('a', { star: false, colour: 'none', pruned: true });
  expect(await marked('a')).toEqual({
    star: false,
    label: 'Budget',
    colour: undefined,
    pruned: true,
    kept: false,
  });
});

it('writes nothing that is so already', async () => {
  await mark('ra', { star: true });
  const before = await items();
  await mark('ra', { star: true });
  await mark('a', { label: '', pruned: false, colour: 'none' });
  expect(await items()).toBe(before);
});

it('wins over a mark of a server whose clock runs ahead', async () => {
  const ahead = { v: 1, kind: 'mark', mark: { id: id('a'), at: 5_000_000, pruned: true } };
  await engine.append(outlineStream(CONVERSATION), [ahead]);
  await mark('a', { pruned: false });
  expect((await marked('a')).pruned).toBe(false);
});

it.each<[Fields, Fields]>([
  [{ star: true }, { star: false }],
  [{ pruned: true }, { pruned: false }],
  [{ label: 'Theirs' }, { label: 'Ours' }],
  [{ label: 'Theirs' }, { label: '' }],
  [{ colour: 'red' }, { colour: 'none' }],
])('refuses what a mark at the greatest time has settled for good: %j', async (theirs, ours) => {
  const settled = { id: id('a'), at: Number.MAX_SAFE_INTEGER, ...theirs };
  await engine.append(outlineStream(CONVERSATION), [{ v: 1, kind: 'mark', mark: settled }]);
  const before = await marked('a');
  await expect(mark('a', ours)).rejects.toMatchObject({ status: 409, code: 'fixed' });
  expect(await marked('a')).toEqual(before);
  // What they did not touch can be said still; what is so already is no refusal.
  await mark('a', theirs);
  await mark('ra', ours);
});

it('marks a reply that is being written, and several at a time', async () => {
  await send(made, 'b', 'ra');
  const marks = ['a', 'rb'].map((name) => ({ message: id(name), star: true }));
  await made.service.execute('mark', { conversation: CONVERSATION, marks });
  expect([(await marked('a')).star, (await marked('rb')).star]).toEqual([true, true]);
});

it('marks none of them when one is not there', async () => {
  const marks = [{ message: id('a'), star: true }, { message: id('zz') }];
  const refused = made.service.execute('mark', { conversation: CONVERSATION, marks });
  await expect(refused).rejects.toMatchObject({ status: 404, code: 'not-found' });
  expect((await marked('a')).star).toBe(false);
});

it('says it once although the answer was lost', async () => {
  const before = await items();
  engine.failNext('append', 'after', '/outline');
  await mark('a', { pruned: true });
  expect(await items()).toBe(before + 1);
});

it('stops a reply that it prunes, and restoring brings back what it had said', async () => {
  await send(made, 'b', 'ra');
  await made.runner.say(id('rb'), 'Half a thought');
  await mark('b', { pruned: true });
  const after = await readTree(engine);
  expect(after.generations.get(id('rb'))?.end?.reason).toBe('stopped');
  expect(after.messages.get(id('rb'))?.preview).toBe('Half a thought');
  await mark('b', { pruned: false });
  expect([(await marked('b')).pruned, (await marked('rb')).pruned]).toEqual([false, false]);
});

it('prunes a reply that has no words yet, which can be undone', async () => {
  await send(made, 'b', 'ra');
  await mark('rb', { pruned: true });
  expect((await readTree(engine)).generations.get(id('rb'))?.end?.reason).toBe('stopped');
  await mark('rb', { pruned: false });
  expect((await marked('rb')).pruned).toBe(false);
});

it('leaves alone what is written elsewhere', async () => {
  await send(made, 'b', 'ra');
  await send(made, 'c', 'ra');
  await mark('b', { pruned: true });
  expect((await readTree(engine)).generations.get(id('rc'))?.end).toBeUndefined();
});

it.each(['send', 'regenerate', 'edit'] as const)(
  'comes back by %s: the branch is wanted',
  async (command) => {
    await send(made, 'b', 'ra');
    await made.runner.say(id('rb'), 'Yes');
    await made.runner.end(id('rb'));
    await mark('a', { pruned: true });
    await mark('ra', { pruned: true });
    await send(made, 'z', null);
    if (command === 'send') await send(made, 'c', 'rb');
    const again = { conversation: CONVERSATION, parent: id('b'), reply: id('r2'), model: MODEL };
    if (command === 'regenerate') await made.service.execute('regenerate', again);
    const words = { conversation: CONVERSATION, of: id('b'), message: id('b2'), text: 'Otherwise' };
    if (command === 'edit') await made.service.execute('edit', words);
    expect([(await marked('a')).pruned, (await marked('ra')).pruned]).toEqual([false, false]);
  },
);

it('stays pruned where something is said beside it', async () => {
  await mark('ra', { pruned: true });
  await send(made, 'b', 'a');
  expect((await marked('ra')).pruned).toBe(true);
});
