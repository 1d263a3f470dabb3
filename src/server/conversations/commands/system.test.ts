import { beforeEach, expect, it } from 'vitest';
import { type Bench, benchWith, CONVERSATION, id, readList, readTree, send } from '../testing.ts';

let made: Bench;

beforeEach(async () => {
  made = await benchWith();
});

const system = (name: string, after: string | null, text = 'Be brief.') =>
  made.service.execute('system', {
    conversation: CONVERSATION,
    message: id(name),
    after: after && id(after),
    text,
  });

it('begins a root branch, in which the first message follows it', async () => {
  expect(await system('s', null)).toEqual({ message: id('s'), branch: id('s'), forked: false });
  expect(await send(made, 'a', 's')).toEqual({ message: id('a'), branch: id('s'), forked: false });
  const tree = await readTree(made.engine);
  expect(tree.branches.get(id('s'))).toMatchObject({ kind: 'root', from: null });
  expect(tree.messages.get(id('s'))).toMatchObject({ parent: null, role: 'system', preview: 'Be brief.' });
});

it('follows the tip, and leaves any other message on a branch of its own', async () => {
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
  expect(await system('s', 'ra')).toEqual({ message: id('s'), branch: id('a'), forked: false });
  expect(await system('t', 'ra', '')).toEqual({ message: id('t'), branch: id('t'), forked: true });
  expect(await system('t', 'ra', '')).toEqual({ message: id('t'), branch: id('t'), forked: true });
  const { messages } = await readTree(made.engine);
  expect(messages.get(id('s'))?.origin.kind).toBe('send');
  expect(messages.get(id('t'))).toMatchObject({ preview: '', origin: { kind: 'fork' } });
});

it('is refused after what is still being written or not there, and with an id that is taken', async () => {
  await send(made, 'a', null);
  await expect(system('s', 'ra')).rejects.toMatchObject({ status: 409, code: 'still-writing' });
  await expect(system('s', 'zz')).rejects.toMatchObject({ status: 404, code: 'not-found' });
  await expect(system('a', null)).rejects.toMatchObject({ status: 409, code: 'id-taken' });
  expect((await readTree(made.engine)).messages.size).toBe(1);
});

const titleNow = async () => (await readList(made.engine)).get(CONVERSATION)?.header.title;

it('names a chat that has nothing else, until something is said in it', async () => {
  await system('s', null, 'You are a *pirate*. Answer in rhymes and never say what year it is.');
  const title = { text: 'You are a pirate. Answer in rhymes and never…', by: 'words' };
  expect(await titleNow()).toEqual(title);
  await system('s', null, 'You are a *pirate*. Answer in rhymes and never say what year it is.');
  await system('t', null, '');
  expect(await titleNow()).toEqual(title);
  await system('u', null, 'You are a parrot.');
  expect(await titleNow()).toEqual({ text: 'You are a parrot.', by: 'words' });
  await send(made, 'a', 'u');
  const said = await titleNow();
  expect(said).toMatchObject({ by: 'words', text: expect.not.stringContaining('parrot') });
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
  await system('v', 'ra', 'You are a monk.');
  await send(made, 'b', 'v');
  expect(await titleNow()).toEqual(said);
});

it('leaves a name that a person gave', async () => {
  await made.service.execute('rename', { conversation: CONVERSATION, title: 'Mine' });
  await system('s', null);
  await send(made, 'a', 's');
  expect(await titleNow()).toEqual({ text: 'Mine', by: 'person' });
});
