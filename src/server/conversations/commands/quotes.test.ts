import { expect, it } from 'vitest';
import { contextOf, plainOf, type Quote } from '../../../protocol/index.ts';
import { benchWith, CONVERSATION, FailingEngine, id, MODEL, readBranch, readTree, send } from '../testing.ts';

const quote = (name: string, text: string): Quote => ({
  of: { conversation: CONVERSATION, message: id(name) },
  author: { kind: 'user' },
  text,
});
const quoting = (name: string, parent: string, quotes: readonly Quote[], text = `says ${name}`) => ({
  ...{ conversation: CONVERSATION, message: id(name), parent: id(parent), text, quotes },
  ...{ reply: id(`r${name}`), model: MODEL },
});

it('stands before the words; the header names what is quoted once, and what is quoted knows where', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await made.service.execute(
    'send',
    quoting('b', 'a', [quote('a', 'says'), quote('a', 'a'), quote('z', 'x')]),
  );
  const [, message] = await readBranch(made.engine, id('a'));
  expect(message?.parts.map(({ kind }) => kind)).toEqual(['quote', 'quote', 'quote', 'text']);
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('b'))?.quotes).toEqual([id('a'), id('z')]);
  expect(tree.quoted.get(id('a'))).toEqual([id('b')]);
  // What it names need not be here.
  expect(tree.quoted.get(id('z'))).toEqual([id('b')]);
});

it('is what the model reads, in its place', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await made.service.execute('send', quoting('b', 'a', [quote('a', 'says a')], ''));
  const context = contextOf(await readBranch(made.engine, id('a')), id('b'), MODEL);
  expect(context.map(({ parts }) => plainOf(parts).trim())).toEqual(['says a', '> says a']);
});

it.each(['before', 'after'] as const)(
  'is said once where the answer is lost %s it is written',
  async (when) => {
    const engine = new FailingEngine();
    const made = await benchWith({ engine });
    await send(made, 'a', null);
    const input = quoting('b', 'a', [quote('a', 'says a')]);
    for (const [call, stream] of [
      ['append', `b/${id('a')}`],
      ['append', 'outline'],
    ] as const)
      for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
    await made.service.execute('send', input).catch(() => {});
    await made.service.execute('send', input).catch(() => {});
    await made.service.execute('send', input);
    expect((await readBranch(engine, id('a'))).map((message) => message.id)).toEqual([id('a'), id('b')]);
    expect((await readTree(engine)).quoted.get(id('a'))).toEqual([id('b')]);
  },
);

it('is kept by an edit that says so, and goes with one that does not', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await made.service.execute('send', quoting('b', 'a', [quote('a', 'says a')]));
  const edit = { conversation: CONVERSATION, of: id('b'), text: 'otherwise' };
  await made.service.execute('edit', { ...edit, message: id('k'), quotes: [quote('a', 'says')] });
  await made.service.execute('edit', { ...edit, message: id('l') });
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('k'))?.quotes).toEqual([id('a')]);
  expect(tree.messages.get(id('l'))?.quotes).toBeUndefined();
  expect(tree.quoted.get(id('a'))).toEqual([id('b'), id('k')]);
});
