import { expect, it } from 'vitest';
import { branchStream, CONVERSATIONS, newId } from '../../../protocol/index.ts';
import { readAll, START, StreamDamaged } from '../../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, id, MODEL, readTree, send } from '../testing.ts';

const conversation = CONVERSATION;
const small = { describe: () => ({ name: 'Small', window: 400 }) };
const long = 'word '.repeat(120);

/** Four messages, one of them long; room is for 300 tokens. */
async function talked(made: Bench): Promise<void> {
  await send(made, 'a', null, 'short');
  await made.runner.say(id('ra'), 'yes');
  await made.runner.end(id('ra'));
  await send(made, 'b', 'ra', long);
  await made.runner.say(id('rb'), 'yes');
  await made.runner.end(id('rb'));
}

const again = { conversation, message: id('c'), parent: id('rb'), text: long, reply: id('rc'), model: MODEL };

async function written({ engine }: Bench): Promise<number> {
  return (await readAll(engine, CONVERSATIONS, START)).items.length;
}

it('refuses a context larger than the window before anything is written, with the numbers', async () => {
  const made = await benchWith({ models: small });
  await talked(made);
  const [tree, before] = [await readTree(made.engine), await written(made)];
  const refusal = {
    ...{ status: 422, code: 'context-too-large' },
    facts: { used: 368, window: 400, room: 300, messages: 5, fits: 1 },
    message: expect.stringMatching(
      /about 368 tokens, and Small reads 400 with its answer\..*the last 1 of 5/,
    ),
  };
  await expect(made.service.execute('send', again)).rejects.toMatchObject(refusal);
  const edit = {
    conversation,
    of: id('b'),
    message: id('d'),
    text: long.repeat(2),
    reply: id('rd'),
    model: MODEL,
  };
  await expect(made.service.execute('edit', edit)).rejects.toMatchObject({ facts: { messages: 3, fits: 0 } });
  expect(await readTree(made.engine)).toEqual(tree);
  expect(await written(made)).toBe(before);
});

it('says nothing on top of what is damaged, whatever the model, and says that it is', async () => {
  const made = await benchWith();
  await talked(made);
  const [tree, before] = [await readTree(made.engine), await written(made)];
  const read = made.engine.read.bind(made.engine);
  made.engine.read = (stream, from, limits) =>
    stream === branchStream(conversation, id('a'))
      ? Promise.reject(new StreamDamaged(stream, 'torn'))
      : read(stream, from, limits);
  const refusal = {
    status: 500,
    code: 'damaged',
    message: expect.stringContaining('npm run bough -- doctor'),
  };
  await expect(made.service.execute('send', again)).rejects.toMatchObject(refusal);
  const regenerate = { conversation, parent: id('b'), reply: id('rd'), model: MODEL };
  await expect(made.service.execute('regenerate', regenerate)).rejects.toMatchObject(refusal);
  expect(await readTree(made.engine)).toEqual(tree);
  expect(await written(made)).toBe(before);
});

it('leaves out the oldest where the person said so, and the reply says what could be read', async () => {
  const made = await benchWith({ models: small });
  await talked(made);
  await made.service.execute('send', { ...again, overflow: 'drop-oldest' });
  const generation = (await readTree(made.engine)).generations.get(id('rc'));
  expect(generation?.context).toEqual({ window: 400, read: 1, of: 5 });
  const read = await made.service.context(conversation, generation as never);
  expect(read.map((message) => message.id)).toEqual([id('c')]);
  await made.runner.say(id('rc'), 'yes');
  await made.runner.end(id('rc'));
  expect((await readTree(made.engine)).messages.get(id('rc'))?.context).toEqual({
    window: 400,
    read: 1,
    of: 5,
  });
});

it('remembers what was said with a send, and takes it back with null', async () => {
  const made = await benchWith({ models: small });
  await talked(made);
  await made.service.execute('send', { ...again, overflow: 'drop-oldest', temperature: 0.2 });
  const regenerate = { conversation, parent: id('c'), model: MODEL };
  const reply = newId();
  await made.service.execute('regenerate', { ...regenerate, reply });
  expect((await readTree(made.engine)).generations.get(reply)).toMatchObject({
    temperature: 0.2,
    context: { read: 1, of: 5 },
  });
  const strict = { ...regenerate, reply: newId(), overflow: null };
  await expect(made.service.execute('regenerate', strict)).rejects.toMatchObject({
    code: 'context-too-large',
  });
  const plain = { ...regenerate, reply: newId(), temperature: null };
  await made.service.execute('regenerate', plain);
  expect((await readTree(made.engine)).generations.get(plain.reply)).not.toHaveProperty('temperature');
});

it('gives a repeated command its first answer, whatever was set meanwhile', async () => {
  const made = await benchWith({ models: small });
  await talked(made);
  const first = await made.service.execute('send', { ...again, overflow: 'drop-oldest' });
  await made.service.execute('settings', { conversation, overflow: null, temperature: 1 });
  expect(await made.service.execute('send', again)).toEqual(first);
  expect((await readTree(made.engine)).generations.get(again.reply)).not.toHaveProperty('temperature');
});

it('refuses an image for a model that takes none', async () => {
  const image = { kind: 'file' as const, hash: 'h', name: 'a.png', type: 'image/png', size: 10 };
  const files = { use: async () => ({ type: 'image/png', size: 10 }) } as never;
  const made = await benchWith({ models: { describe: () => ({ name: 'Blind', images: false }) }, files });
  const first = { conversation, message: id('a'), parent: null, text: 'Look', reply: id('ra'), model: MODEL };
  const picture = { ...first, files: [{ hash: 'a'.repeat(64), name: image.name }] };
  await expect(made.service.execute('send', picture)).rejects.toMatchObject({
    ...{ status: 422, code: 'no-images' },
    message: 'Blind takes no images. Take the image away, or choose another model.',
  });
  await made.service.execute('send', first);
});

it('refuses audio for a model that takes none, and sends it where that is not known', async () => {
  const files = {
    use: async () => ({ hash: 'a'.repeat(64), type: 'audio/wav', size: 10, seconds: 3 }),
  } as never;
  const deaf = await benchWith({ models: { describe: () => ({ name: 'Deaf', audio: false }) }, files });
  const memo = {
    ...{ conversation, message: id('a'), parent: null, text: 'Listen', reply: id('ra'), model: MODEL },
    files: [{ hash: 'a'.repeat(64), name: 'memo.wav' }],
  };
  await expect(deaf.service.execute('send', memo)).rejects.toMatchObject({
    ...{ status: 422, code: 'no-audio' },
    message: 'Deaf takes no audio. Take the audio away, or choose another model.',
  });
  const other = await benchWith({ models: { describe: () => ({ name: 'Unsaid' }) }, files });
  await other.service.execute('send', memo);
  const whole = await other.service.whole(conversation);
  expect(whole.messages.get(memo.message)?.parts).toContainEqual({
    ...{ kind: 'file', hash: 'a'.repeat(64), name: 'memo.wav', type: 'audio/wav', size: 10, seconds: 3 },
  });
});

it('asks where the window is not known, without a word about it', async () => {
  const made = await benchWith();
  await talked(made);
  await made.service.execute('send', again);
  expect((await readTree(made.engine)).generations.get(again.reply)).not.toHaveProperty('context');
});
