import { beforeEach, expect, it } from 'vitest';
import { type Bench, benchWith, CONVERSATION, id, MODEL, readTree, send } from '../testing.ts';

let made: Bench;

beforeEach(async () => {
  made = await benchWith();
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
});

async function contextFor(reply: string): Promise<string[]> {
  const generation = (await readTree(made.engine)).generations.get(id(reply));
  if (!generation) throw new Error(`${reply} was not asked for`);
  return (await made.service.context(CONVERSATION, generation)).map((message) => message.id);
}

it('is the line down to the message to answer', async () => {
  await send(made, 'b', 'ra');
  expect(await contextFor('rb')).toEqual([id('a'), id('ra'), id('b')]);
});

it('of a version leaves out the reply it is a version of', async () => {
  await made.service.execute('regenerate', {
    conversation: CONVERSATION,
    parent: id('a'),
    reply: id('r2'),
    model: MODEL,
  });
  expect(await contextFor('r2')).toEqual([id('a')]);
});

it('of a fork holds what it inherits', async () => {
  await send(made, 'b', 'ra');
  await send(made, 'c', 'ra');
  expect(await contextFor('rc')).toEqual([id('a'), id('ra'), id('c')]);
});

it('costs a turn what was said since the last one, on the same line and on a fork', async () => {
  let items = 0;
  const read = made.engine.read.bind(made.engine);
  made.engine.read = async (stream, ...rest) => {
    const page = await read(stream, ...rest);
    if (stream.includes('/b/')) items += page.items.length;
    return page;
  };
  const costOf = async (turn: () => Promise<unknown>): Promise<number> => {
    items = 0;
    await turn();
    return items;
  };
  const turn = (name: string, parent: string) => async () => {
    await send(made, name, parent);
    await contextFor(`r${name}`);
    await made.runner.say(id(`r${name}`), 'Well');
    await made.runner.end(id(`r${name}`));
  };
  const early = await costOf(turn('b1', 'ra'));
  for (let n = 2; n < 40; n += 1) await turn(`b${n}`, `rb${n - 1}`)();
  expect(await costOf(turn('b40', 'rb39'))).toBeLessThanOrEqual(early + 2);
  expect(await costOf(turn('c', 'rb20'))).toBeLessThanOrEqual(early + 6);
});
