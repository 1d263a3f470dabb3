/** What comes from outside, through the service: made, said, told from its retries, refused (docs/protocol.md, "Writes"). */
import { describe, expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  foldConversations,
  noConversations,
  readPatches,
} from '../../../protocol/index.ts';
import type { OutsideItem } from '../../../protocol/outside-writes.ts';
import { readAll, START } from '../../engine/index.ts';
import {
  type Bench,
  benchWith,
  CONVERSATION,
  FailingEngine,
  id,
  MODEL,
  readBranch,
  readTree,
  send,
} from '../testing.ts';
import type { OutsidePost, OutsidePut } from './write.ts';

const BOT = { name: 'Bot' };
const OWN = id('mine');

const says = (content: string, more: Partial<OutsideItem> = {}): OutsideItem => ({
  role: 'user',
  content,
  ...more,
});

const asked = (branch: string, items: readonly OutsideItem[]) => ({
  ...{ conversation: CONVERSATION, branch, by: BOT, items, close: false },
  text: items.length === 0 ? '' : JSON.stringify(items),
});

const post = (
  { service }: Pick<Bench, 'service'>,
  items: readonly OutsideItem[],
  more: Partial<OutsidePost> = {},
) => service.post({ ...asked(OWN, items), ...more });

const put = ({ service }: Pick<Bench, 'service'>, more: Partial<OutsidePut> = {}, branch = OWN) =>
  service.put({ ...asked(branch, []), onlyNew: false, ...more });

async function texts({ engine }: Pick<Bench, 'engine'>, branch = OWN): Promise<string[]> {
  const messages = await readBranch(engine, branch);
  return messages.map(({ parts }) => parts.map((part) => ('text' in part ? part.text : part.kind)).join());
}

/** A question and its answer, and a branch of the bot's own that forks after them. */
async function forked(deps: Parameters<typeof benchWith>[0] = {}): Promise<Bench> {
  const made = await benchWith(deps);
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'An answer');
  await made.runner.end(id('ra'));
  await put(made, { from: { branch: id('a') } });
  return made;
}

const refused = (code: string, status: number) => expect.objectContaining({ code, status });

describe('a branch made from outside', () => {
  it('forks at the tail of another, and is said to be of who made it', async () => {
    const made = await forked();
    const { branches, messages } = await readTree(made.engine);
    expect(branches.get(OWN)).toMatchObject({
      kind: 'fork',
      from: {
        stream: branchStream(CONVERSATION, id('a')),
        message: id('ra'),
        offset: messages.get(id('ra'))?.end,
      },
      author: { kind: 'external', name: 'Bot' },
    });
    expect(await texts(made)).toEqual(['says a', 'An answer']);
  });

  it('forks at the end of any message it holds, inherited ones too, from the stream that owns it', async () => {
    const made = await forked();
    await post(made, [says('one')]);
    const { messages } = await readTree(made.engine);
    const offset = messages.get(id('a'))?.end ?? '';
    expect(await put(made, { from: { branch: OWN, offset } }, id('again'))).toMatchObject({ created: true });
    expect((await readTree(made.engine)).branches.get(id('again'))?.from).toEqual({
      ...{ stream: branchStream(CONVERSATION, id('a')), offset, message: id('a') },
    });
  });

  it('is there already when it is asked for again, but not another of its name', async () => {
    const made = await forked();
    const from = { branch: id('a') };
    expect(await put(made, { from })).toMatchObject({ created: false });
    await expect(put(made)).rejects.toEqual(refused('id-taken', 409));
    await expect(put(made, { from, onlyNew: true })).rejects.toEqual(refused('exists', 412));
    await send(made, 'b', 'ra');
    expect(await put(made, { from })).toMatchObject({ created: false });
    await expect(put(made, { from }, id('rb'))).rejects.toEqual(refused('id-taken', 409));
  });

  it('begins at the root without a source', async () => {
    const made = await benchWith();
    await put(made);
    await post(made, [says('Hello')]);
    const hello = (await readTree(made.engine)).messages.get(OWN);
    expect(hello).toMatchObject({ parent: null, start: START });
    const { items } = await readAll(made.engine, CONVERSATIONS, START);
    const { header } = foldConversations(noConversations, readPatches(items)).get(CONVERSATION) ?? {};
    expect(header).toMatchObject({ active: hello?.time, title: { text: 'Hello', by: 'words' } });
  });

  it.each([
    ['another offset', { branch: id('a'), offset: '0000000000000000_0000000000000001' }, 'bad-request', 400],
    ['the start', { branch: id('a'), offset: START }, 'bad-request', 400],
    ['no branch', { branch: id('nothing') }, 'not-found', 404],
  ])('is not made at %s', async (_what, from, code, status) => {
    const made = await forked();
    await expect(put(made, { from }, id('again'))).rejects.toEqual(refused(code, status));
    expect((await readTree(made.engine)).branches.has(id('again'))).toBe(false);
  });

  it('begins with what came along, once, and nothing is made where that is refused', async () => {
    const made = await forked();
    const body = { ...asked(id('again'), [says('one'), says('two')]), from: { branch: OWN } };
    await put(made, body, id('again'));
    await put(made, body, id('again'));
    expect(await texts(made, id('again'))).toEqual(['says a', 'An answer', 'one', 'two']);
    const wrong = { ...body, branch: id('third'), items: [says('one', { id: id('other') })] };
    await expect(put(made, wrong)).rejects.toEqual(refused('bad-request', 400));
    expect((await readTree(made.engine)).branches.has(id('third'))).toBe(false);
  });
});

describe('what is said from outside', () => {
  it('stands in the branch, the tree and the list, under the name of its token', async () => {
    const made = await forked();
    const before = (await readTree(made.engine)).messages.size;
    expect(await post(made, [says('one'), { role: 'assistant', content: 'two' }])).toMatchObject({
      fresh: true,
    });
    const { messages } = await readTree(made.engine);
    expect(messages.size).toBe(before + 2);
    const [one, two] = [...messages.values()].slice(-2);
    expect(one).toMatchObject({
      ...{ id: OWN, parent: id('ra'), role: 'user', preview: 'one', branch: OWN },
      ...{ author: { kind: 'external', name: 'Bot' }, origin: { kind: 'external' } },
    });
    expect(two).toMatchObject({ parent: OWN, role: 'assistant', start: one?.end });
  });

  it('goes on after what others said there meanwhile', async () => {
    const made = await forked();
    await post(made, [says('one')]);
    await send(made, 'b', OWN);
    await expect(post(made, [says('two')])).rejects.toEqual(refused('still-writing', 409));
    await made.runner.say(id('rb'), 'Fine');
    await made.runner.end(id('rb'));
    await post(made, [says('two')]);
    expect((await texts(made)).slice(2)).toEqual(['one', 'says b', 'Fine', 'two']);
  });

  it('is said once, however often it is sent, and again where something was said in between', async () => {
    const made = await forked();
    const twice = [says('one'), says('one')];
    await post(made, twice);
    expect(await post(made, twice)).toMatchObject({ fresh: false });
    expect((await texts(made)).slice(2)).toEqual(['one', 'one']);
    await post(made, [says('two')]);
    await post(made, twice);
    expect((await texts(made)).slice(2)).toEqual(['one', 'one', 'two', 'one', 'one']);
  });

  it('has the ids that are given, which are no others’', async () => {
    const made = await forked();
    await expect(post(made, [says('one', { id: id('x') })])).rejects.toEqual(refused('bad-request', 400));
    await post(made, [says('one'), says('two', { id: id('two') })]);
    await post(made, [says('three')]);
    expect(await post(made, [says('two', { id: id('two') })])).toMatchObject({ fresh: false });
    await expect(post(made, [says('x', { id: id('a') })])).rejects.toEqual(refused('id-taken', 409));
    await expect(post(made, [says('x', { parent: id('two') })])).rejects.toEqual(refused('moved-on', 409));
    expect((await texts(made)).slice(2)).toEqual(['one', 'two', 'three']);
  });

  it('needs a branch that is not waiting for what a person says', async () => {
    const engine = new FailingEngine();
    const made = await forked({ engine });
    engine.failNext('append', 'before', `/b/${id('b')}`);
    engine.failNext('append', 'before', `/b/${id('b')}`);
    engine.failNext('append', 'before', `/b/${id('b')}`);
    await expect(send(made, 'b', null)).rejects.toEqual(refused('engine-unavailable', 503));
    await expect(post(made, [says('x')], { branch: id('b') })).rejects.toEqual(refused('not-yours', 409));
    await expect(post(made, [says('x')], { branch: id('c') })).rejects.toEqual(refused('not-found', 404));
  });
});

describe('an answer', () => {
  it('is asked of the model an item names, and once', async () => {
    const made = await forked();
    const items = [says('Why?', { reply: { model: MODEL } })];
    await post(made, items);
    const [reply] = [...(await readTree(made.engine)).generations.values()].slice(-1);
    expect(reply).toMatchObject({ parent: OWN, branch: OWN, model: MODEL });
    await post(made, items);
    await made.runner.say(reply?.id ?? '', 'Because');
    await made.runner.end(reply?.id ?? '');
    expect(await post(made, items)).toMatchObject({ fresh: false });
    expect((await texts(made)).slice(2)).toEqual(['Why?', 'Because']);
  });

  it('is asked of the model of the token, unless an item says otherwise', async () => {
    const made = await forked();
    const by = { ...BOT, answers: MODEL };
    await post(made, [says('One', { reply: false })], { by });
    await post(made, [{ role: 'assistant', content: 'Two' }], { by });
    expect((await readTree(made.engine)).generations.size).toBe(1);
    await post(made, [says('Three')], { by });
    expect((await readTree(made.engine)).generations.size).toBe(2);
  });

  it('of a model that is not there is refused before anything is said', async () => {
    const made = await forked();
    const reply = { model: { source: 'x', id: 'y' } };
    await expect(post(made, [says('Why?', { reply })])).rejects.toEqual(refused('unknown-model', 422));
    expect(await texts(made)).toHaveLength(2);
  });
});

describe('a producer', () => {
  const producer = (seq: number, epoch = 0, name = 'p') => ({ producer: { id: name, epoch, seq } });

  it('is heard once a sequence, in order, by every server', async () => {
    const made = await forked();
    const other = await benchWith({ engine: made.engine });
    expect(await post(made, [says('x')], producer(1))).toEqual({ kind: 'gap', expected: 0, received: 1 });
    expect(await post(made, [says('x')], producer(0))).toMatchObject({ fresh: true, producer: { seq: 0 } });
    expect(await post(other, [says('x')], producer(0))).toMatchObject({ fresh: false });
    expect(await post(other, [says('x')], producer(1))).toMatchObject({ fresh: true, producer: { seq: 1 } });
    expect(await post(made, [says('x')], producer(3))).toEqual({ kind: 'gap', expected: 2, received: 3 });
    expect(await post(made, [says('x')], producer(0))).toMatchObject({ fresh: false, producer: { seq: 1 } });
    expect(await post(made, [says('y')], producer(0, 2))).toMatchObject({ fresh: true });
    expect(await post(other, [says('y')], producer(2))).toEqual({ kind: 'fenced', epoch: 2 });
    await expect(post(other, [says('y')], producer(1, 3))).rejects.toEqual(refused('bad-request', 400));
    expect((await texts(made)).slice(2)).toEqual(['x', 'x', 'y']);
  });

  it('is a new one in a fork', async () => {
    const made = await forked();
    await post(made, [says('x')], producer(0));
    await put(made, { from: { branch: OWN } }, id('again'));
    expect(await post(made, [says('z')], { branch: id('again'), ...producer(0) })).toMatchObject({
      fresh: true,
    });
  });
});

describe('a sequence', () => {
  it('only grows, whoever says it', async () => {
    const made = await forked();
    await post(made, [says('a')], { seq: '09' });
    await post(made, [says('a')], { seq: '1', by: { name: 'Other' } });
    await expect(post(made, [says('b')], { seq: '1' })).rejects.toEqual(refused('sequence', 409));
    await expect(post(made, [says('b')], { seq: '09' })).rejects.toEqual(refused('sequence', 409));
    expect((await texts(made)).slice(2)).toEqual(['a', 'a']);
  });
});

describe('a close', () => {
  it('ends a branch of one’s own; people go on by forking', async () => {
    const made = await forked();
    expect(await post(made, [says('The end')], { close: true })).toMatchObject({ closed: true });
    expect(await post(made, [says('More')])).toMatchObject({ kind: 'closed' });
    expect(await post(made, [], { close: true })).toMatchObject({ kind: 'said', closed: true });
    expect(await send(made, 'b', OWN)).toMatchObject({ forked: true });
  });

  it('is refused where others made the branch, or spoke in it', async () => {
    const made = await forked();
    await expect(post(made, [], { close: true, branch: id('a') })).rejects.toEqual(refused('not-yours', 409));
    await expect(post(made, [], { close: true, by: { name: 'Other' } })).rejects.toEqual(
      refused('not-yours', 409),
    );
    await post(made, [says('one')]);
    await post(made, [says('two')], { by: { name: 'Other' } });
    await expect(post(made, [says('x')], { close: true })).rejects.toEqual(refused('not-yours', 409));
    expect((await texts(made)).slice(2)).toEqual(['one', 'two']);
  });
});

describe('a batch that a crash cuts off', () => {
  const items = ['one', 'two', 'three', 'four'].map((text) => says(text));

  it.each([
    ['a producer', { producer: { id: 'p', epoch: 0, seq: 0 } }],
    ['a sequence', { seq: 'a' }],
    ['neither', {}],
  ])('is completed by its retry at another server, with %s', async (_what, more) => {
    for (let after = 0; after < items.length; after += 1) {
      const engine = new FailingEngine();
      const made = await forked({ engine });
      cutAfter(engine, after);
      await expect(post(made, items, more)).rejects.toEqual(refused('engine-unavailable', 503));
      const other = await benchWith({ engine });
      await post(other, items, more);
      await post(made, items, more).catch(() => {});
      expect((await texts(made)).slice(2)).toEqual(['one', 'two', 'three', 'four']);
      expect((await readTree(engine)).messages.size).toBe(6);
    }
  });

  it('is found by repair, as far as it went', async () => {
    const engine = new FailingEngine();
    const made = await forked({ engine });
    cutAfter(engine, 3);
    engine.failNext('append', 'before', 'outline');
    engine.failNext('append', 'before', 'outline');
    engine.failNext('append', 'before', 'outline');
    await expect(post(made, items)).rejects.toEqual(refused('engine-unavailable', 503));
    const other = await benchWith({ engine });
    await other.service.open(CONVERSATION);
    const { messages } = await readTree(engine);
    expect([...messages.values()].slice(2).map(({ preview }) => preview)).toEqual(['one', 'two', 'three']);
  });
});

/** From then on no append of the bot's branch gets through, until it is asked again. */
function cutAfter(engine: FailingEngine, messages: number): void {
  const append = engine.append.bind(engine);
  let left = messages;
  engine.append = (stream, items, options) => {
    if (stream.endsWith(`/b/${OWN}`) && left === 0)
      for (let n = 0; n < 3; n += 1) engine.failNext('append', 'before', `/b/${OWN}`);
    if (stream.endsWith(`/b/${OWN}`)) left -= 1;
    return append(stream, items, options);
  };
}
