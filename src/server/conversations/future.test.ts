/** What a later version wrote goes through everything that writes streams anew: copies, forks, segments, replies. */
import { expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  outlineStream,
  replyStream,
  segmentStream,
} from '../../protocol/index.ts';
import { readAll, START } from '../engine/index.ts';
import { MemoryEngine } from '../engine/testing/memory.ts';
import { bench, benchWith, CONVERSATION, id, MODEL, readBranch, readTree, send } from './testing.ts';

const plan = { kind: 'itinerary', steps: ['look', { and: 'leap' }] };

/** A message as a later version says it, after `parent`. */
const later = (name: string, parent: string | null) => ({
  ...{ v: 1, kind: 'message', id: id(name), parent: parent === null ? null : id(parent), time: 5 },
  ...{ role: 'critic', author: { kind: 'agent', name: 'Claude', session: 7 }, mood: 'calm' },
  ...{ origin: { kind: 'merge', from: ['x'] }, finish: { reason: 'handed-over', at: 6, to: 'y' } },
  parts: [plan, { kind: 'text', text: `says ${name}`, bold: true }],
});

/** a, ra, and behind them what a later version said and a crash left unindexed. */
async function talk(deps = {}) {
  const engine = new MemoryEngine();
  const made = await benchWith({ engine, ...deps });
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Answer');
  await made.runner.end(id('ra'));
  await engine.append(branchStream(CONVERSATION, id('a')), [later('future', 'ra')]);
  // As after a restart: it is looked at anew.
  const next = bench({ engine, ...deps });
  await next.service.start();
  await next.service.open(CONVERSATION);
  return { ...next, engine };
}

const {
  id: _id,
  parent: _parent,
  origin: _origin,
  parts: _parts,
  v: _v,
  kind: _kind,
  ...said
} = later('future', 'ra');

it('repair indexes it with all it says but its parts', async () => {
  const { engine } = await talk();
  expect((await readTree(engine)).messages.get(id('future'))).toMatchObject({
    ...said,
    preview: 'says future',
    origin: { kind: 'merge', from: ['x'] },
  });
});

it('is answered, with what a model can read of it', async () => {
  const made = await talk();
  await send(made, 'b', 'future');
  const { generation } = made.runner.started.get(id('rb')) ?? {};
  if (!generation) throw new Error('no reply was asked for');
  const context = await made.runner.home.context(CONVERSATION, generation);
  expect(context.map(({ id: one }) => one)).toEqual(['a', 'ra', 'future', 'b'].map(id));
});

it('a new chat from there holds it, word for word', async () => {
  const { service, engine } = await talk();
  const conversation = id('copied');
  const from = { conversation: CONVERSATION, message: id('future') };
  const { message } = await service.execute('copy', { conversation, from });
  const tree = await readTree(engine, conversation);
  const copied = (await readBranch(engine, tree.messages.get(message)?.branch ?? '', conversation)).at(-1);
  expect(copied).toMatchObject({ ...said, parts: later('future', 'ra').parts, origin: { kind: 'copy' } });
});

it('a fork too deep, which begins with a copy, holds it as it was', async () => {
  const made = await talk({ forkDepth: 0 });
  await send(made, 'b', 'ra');
  await send(made, 'c', 'future');
  await send(made, 'd', 'future');
  const branches = [...(await readTree(made.engine)).branches.values()];
  const copies = branches.filter(({ kind }) => kind === 'copy');
  expect(copies.length).toBeGreaterThan(0);
  const held = await Promise.all(copies.map(({ id: branch }) => readBranch(made.engine, branch)));
  expect(held.flat()).toContainEqual(later('future', 'ra'));
});

it('segments begin with what is not known of the one before', async () => {
  const made = await talk({ segmentItems: 8 });
  const quote = { v: 1, kind: 'quote', of: id('a'), words: [1, 2] };
  const mark = { v: 1, kind: 'mark', mark: { id: id('a'), at: 1, star: true, note: 'here' } };
  await made.engine.append(outlineStream(CONVERSATION), [quote, mark]);
  const folder = { v: 1, kind: 'folder', name: 'work' };
  const patch = {
    v: 1,
    kind: 'conversation',
    id: CONVERSATION,
    at: 7,
    shelf: 'work',
    title: { text: 'x', by: 'agent' },
  };
  await made.engine.append(CONVERSATIONS, [folder, { ...patch, archived: true }]);
  for (const [name, parent] of [
    ['b', 'future'],
    ['c', 'rb'],
    ['d', 'rc'],
  ] as const) {
    await send(made, name, parent);
    await made.runner.say(id(`r${name}`), 'Answer');
    await made.runner.end(id(`r${name}`));
    made.clock.pass(10_000);
  }
  await made.service.newest(outlineStream(CONVERSATION));
  await made.service.newest(CONVERSATIONS);
  const newest = async (index: string) => {
    for (let number = 9; number > 1; number -= 1) {
      const stream = segmentStream(index, number);
      if (await made.engine.head(stream)) return (await readAll(made.engine, stream, START)).items;
    }
    throw new Error(`${index} did not roll over`);
  };
  expect(await newest(outlineStream(CONVERSATION))).toEqual(expect.arrayContaining([quote, mark]));
  expect(await newest(CONVERSATIONS)).toEqual(expect.arrayContaining([folder, patch]));
  // A server that begins with these segments goes on as well.
  const other = bench({ engine: made.engine, segmentItems: 8 });
  await other.service.start();
  await send(other, 'e', 'rd');
});

it('a reply that a later version wrote settles with all of its parts', async () => {
  const { service, engine, runner } = await talk();
  await service.execute('regenerate', {
    conversation: CONVERSATION,
    parent: id('a'),
    reply: id('rb'),
    model: MODEL,
  });
  await runner.say(id('rb'), 'First.');
  const log = replyStream(CONVERSATION, id('rb'));
  const step = { v: 1, kind: 'step', seq: 3, part: 2, does: 'leap' };
  await engine.append(log, [{ v: 1, kind: 'part', seq: 2, part: 1, whole: plan }, step], {
    seq: '000000000002',
  });
  const end = { v: 1, kind: 'end', seq: 4, end: { reason: 'handed-over', at: 9, to: 'z' }, cost: 3 };
  await engine.append(log, [end], { seq: '000000000004', close: true });
  runner.forget();
  await service.settle(CONVERSATION, id('rb'));
  const [message] = (await readBranch(engine, id('rb'))).slice(-1);
  expect(message).toMatchObject({
    cost: 3,
    finish: end.end,
    parts: [{ kind: 'text', text: 'First.' }, plan, { kind: 'kept', of: 'step', items: [step] }],
  });
});
