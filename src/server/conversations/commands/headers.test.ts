import { describe, expect, it } from 'vitest';
import {
  CONVERSATIONS,
  type Conversation,
  foldConversations,
  noConversations,
} from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, bench, benchWith, CONVERSATION, id, MODEL, readTree, send } from '../testing.ts';

const conversation = CONVERSATION;
const DAY = 24 * 60 * 60_000;

async function header({ engine }: Bench): Promise<Conversation | undefined> {
  const { items } = await readAll(engine, CONVERSATIONS, START);
  return foldConversations(noConversations, items as never).get(conversation)?.header;
}

async function patches({ engine }: Bench): Promise<number> {
  return (await readAll(engine, CONVERSATIONS, START)).items.length;
}

it('creates a conversation and its outline, once', async () => {
  const made = bench();
  await made.service.execute('create', { conversation });
  await made.service.execute('create', { conversation });
  expect(await patches(made)).toBe(1);
  expect(await header(made)).toMatchObject({
    created: 1_000,
    active: 1_000,
    archived: false,
    deleted: false,
  });
  expect((await readTree(made.engine)).branches.size).toBe(0);
});

it("keeps a person's title over the first words, whichever came first", async () => {
  const made = await benchWith();
  await made.service.execute('rename', { conversation, title: 'Trip' });
  await send(made, 'a', null);
  expect((await header(made))?.title).toEqual({ text: 'Trip', by: 'person' });
  await made.service.execute('rename', { conversation, title: 'Trip to Kyoto' });
  expect((await header(made))?.title).toEqual({ text: 'Trip to Kyoto', by: 'person' });
});

it('archives and restores, and says nothing that is so already', async () => {
  const made = await benchWith();
  await made.service.execute('restore', { conversation });
  await made.service.execute('archive', { conversation });
  await made.service.execute('archive', { conversation });
  expect((await header(made))?.archived).toBe(true);
  expect(await patches(made)).toBe(2);
  await made.service.execute('restore', { conversation });
  expect((await header(made))?.archived).toBe(false);
});

it('wins over a patch of a server whose clock runs ahead', async () => {
  const made = await benchWith();
  const ahead = { v: 1, kind: 'conversation', id: conversation, at: 5_000_000, archived: true };
  await made.engine.append(CONVERSATIONS, [ahead]);
  await made.service.execute('restore', { conversation });
  expect((await header(made))?.archived).toBe(false);
});

it('deletes by hiding, stops the replies, and is undone', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Half a');
  await made.service.execute('delete', { conversation });
  expect(await header(made)).toMatchObject({ deleted: true, open: [] });
  expect((await readTree(made.engine)).messages.get(id('ra'))?.finish?.reason).toBe('stopped');
  await expect(made.service.execute('rename', { conversation, title: 'x' })).rejects.toMatchObject({
    code: 'gone',
  });
  await expect(made.service.execute('create', { conversation })).rejects.toMatchObject({ code: 'gone' });
  await made.service.execute('undelete', { conversation });
  expect(await header(made)).toMatchObject({ deleted: false });
});

it('can be brought back for thirty days', async () => {
  const made = await benchWith();
  await made.service.execute('delete', { conversation });
  made.clock.pass(30 * DAY - 1_000);
  await made.service.execute('undelete', { conversation });
  await made.service.execute('delete', { conversation });
  made.clock.pass(30 * DAY + 1_000);
  await expect(made.service.execute('undelete', { conversation })).rejects.toMatchObject({
    status: 410,
    code: 'gone',
  });
});

it('knows nothing of conversations that were never created', async () => {
  const made = await benchWith();
  const other = { conversation: id('other') };
  const missing = { status: 404, code: 'not-found' };
  await expect(made.service.execute('archive', other)).rejects.toMatchObject(missing);
  await expect(made.service.execute('delete', other)).rejects.toMatchObject(missing);
  await expect(made.service.execute('undelete', other)).rejects.toMatchObject(missing);
  await expect(made.service.execute('stop', { ...other, reply: id('r') })).rejects.toMatchObject(missing);
});

describe('after a patch of another program at the greatest time there is', () => {
  const theirs = { text: 'Theirs', by: 'person' };
  const afterIt = async (fields: object) => {
    const before = await benchWith();
    const at = Number.MAX_SAFE_INTEGER;
    await before.engine.append(CONVERSATIONS, [
      { v: 1, kind: 'conversation', id: conversation, at, ...fields },
    ]);
    await before.service.shutdown();
    const made = bench({ engine: before.engine });
    await made.service.start();
    return made;
  };
  const refused = { status: 409, code: 'fixed' };

  it.each([
    ['rename', { title: 'Ours' }, { title: theirs }],
    ['restore', {}, { archived: true }],
    ['undelete', {}, { deleted: true }],
    ['settings', { temperature: 1 }, { temperature: 2 }],
    ['settings', { temperature: null }, { temperature: 2 }],
    ['settings', { model: null }, { model: MODEL }],
    ['settings', { overflow: null }, { overflow: 'drop-oldest' }],
    ['settings', { folder: null }, { folder: '/srv/theirs' }],
    ['settings', { folder: '/a' }, { folder: '/srv/theirs' }],
    ['settings', { anew: null }, { anew: true }],
  ] as const)('says that %s with %j is refused where they said %j', async (command, input, fields) => {
    const made = await afterIt(fields);
    await expect(made.service.execute(command, { conversation, ...input })).rejects.toMatchObject(refused);
    expect(await header(made)).toMatchObject(fields);
  });

  it.each([
    ['rename', { title: 'Theirs' }, { title: theirs }],
    ['archive', {}, { archived: false }],
    ['delete', {}, { deleted: false }],
    ['settings', { temperature: 2 }, { temperature: 2 }],
  ] as const)('lets %s with %j be where it holds', async (command, input, fields) => {
    const made = await afterIt(fields);
    await made.service.execute(command, { conversation, ...input });
    const held = { archive: { archived: true }, delete: { deleted: true } }[command as string];
    expect(await header(made)).toMatchObject(held ?? fields);
  });
});
