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
