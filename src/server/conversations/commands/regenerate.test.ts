import { beforeEach, expect, it } from 'vitest';
import { type Bench, benchWith, CONVERSATION, id, MODEL, readBranch, readTree, send } from '../testing.ts';

let made: Bench;

beforeEach(async () => {
  made = await benchWith();
  await send(made, 'a', null);
});

const regenerate = (parent: string, reply: string) =>
  made.service.execute('regenerate', {
    conversation: CONVERSATION,
    parent: id(parent),
    reply: id(reply),
    model: MODEL,
  });

async function finish(reply: string, text = `said by ${reply}`): Promise<void> {
  await made.runner.say(id(reply), text);
  await made.runner.end(id(reply));
}

it('makes a version on a branch of its own, forked where the first reply began', async () => {
  await finish('ra');
  expect(await regenerate('a', 'r2')).toEqual({ message: id('r2'), branch: id('r2'), forked: true });
  await finish('r2');
  const tree = await readTree(made.engine);
  expect(tree.children.get(id('a'))).toEqual([id('ra'), id('r2')]);
  expect(tree.messages.get(id('r2'))).toMatchObject({
    branch: id('r2'),
    start: tree.messages.get(id('a'))?.end,
    origin: { kind: 'regenerate', of: id('ra') },
  });
  expect((await readBranch(made.engine, id('r2'))).map((message) => message.id)).toEqual([id('a'), id('r2')]);
});

it('takes the place of a reply that ended before its first word', async () => {
  await made.runner.end(id('ra'), { reason: 'failed' });
  expect(await regenerate('a', 'r2')).toEqual({ message: id('r2'), branch: id('a'), forked: false });
  await finish('r2');
  expect((await readBranch(made.engine, id('a'))).map((message) => message.id)).toEqual([id('a'), id('r2')]);
});

it('leaves the place to a reply that is still being written', async () => {
  expect(await regenerate('a', 'r2')).toMatchObject({ branch: id('r2'), forked: true });
  await finish('r2');
  await finish('ra');
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('ra'))?.branch).toBe(id('a'));
  expect(tree.messages.get(id('r2'))?.branch).toBe(id('r2'));
});

it('answers a repeat as the first time', async () => {
  const first = await regenerate('a', 'r2');
  expect(await regenerate('a', 'r2')).toEqual(first);
  await finish('r2');
  expect(await regenerate('a', 'r2')).toEqual(first);
});

it('refuses what no person said, and ids that are taken', async () => {
  await expect(regenerate('ra', 'r2')).rejects.toMatchObject({ code: 'still-writing' });
  await finish('ra');
  await expect(regenerate('ra', 'r2')).rejects.toMatchObject({ status: 400, code: 'bad-request' });
  await expect(regenerate('zz', 'r2')).rejects.toMatchObject({ status: 404, code: 'not-found' });
  await expect(regenerate('a', 'a')).rejects.toMatchObject({ status: 409, code: 'id-taken' });
  await send(made, 'b', 'ra');
  await expect(regenerate('b', 'ra')).rejects.toMatchObject({ status: 409, code: 'id-taken' });
});
