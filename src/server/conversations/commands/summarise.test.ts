import { beforeEach, describe, expect, it } from 'vitest';
import { chainTo, contextOf, type Message, partPlain } from '../../../protocol/index.ts';
import type { SummaryLine } from '../../../protocol/requests/summaries.ts';
import { type Generation, versionsOf } from '../../../tree/index.ts';
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

let made: Bench;
let engine: FailingEngine;

/** a, ra, b, rb, c, rc. */
beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  for (const [name, parent] of [
    ['a', null],
    ['b', 'ra'],
    ['c', 'rb'],
  ] as const)
    await exchange(name, parent);
});

async function exchange(name: string, parent: string | null, on = made): Promise<void> {
  await send(on, name, parent);
  await on.runner.say(id(`r${name}`), `Answer to ${name}`);
  await on.runner.end(id(`r${name}`));
}

const summarise = (name: string, after: string, keep: number, more: object = {}) =>
  made.service.execute('summarise', {
    ...{ conversation: CONVERSATION, message: id(name), after: id(after) },
    ...{ text: `Summary ${name}.`, keep, ...more },
  });

/** What the counterpart of a reply is asked with. */
async function askedWith(reply: string, on = made): Promise<readonly string[]> {
  const generation = (await readTree(engine)).generations.get(id(reply)) as Generation;
  return words(await on.runner.home.context(CONVERSATION, generation));
}

const words = (messages: readonly Message[]): string[] =>
  messages.map(({ role, parts }) => `${role}: ${parts.map(partPlain).join('')}`);

it('follows the tip; from there a model reads it, what it keeps, and what came after', async () => {
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('a'), forked: false });
  const header = (await readTree(engine)).messages.get(id('s'));
  expect(header).toMatchObject({
    ...{ parent: id('rc'), role: 'assistant', author: { kind: 'user' }, origin: { kind: 'summary' } },
    ...{ preview: 'Summary s.', summary: { from: id('a'), to: id('rb'), keep: 1, words: 2, prompt: null } },
  });
  await send(made, 'd', 's');
  expect(await askedWith('rd')).toEqual([
    ...['user: Summary s.', 'user: says c', 'assistant: Answer to c', 'user: says d'],
  ]);
  await made.runner.end(id('rd'));
});

it('leaves those alone who fork above it', async () => {
  await summarise('s', 'rc', 0);
  await send(made, 'x', 'rb');
  expect(await askedWith('rx')).toEqual([
    ...['user: says a', 'assistant: Answer to a', 'user: says b', 'assistant: Answer to b', 'user: says x'],
  ]);
  await made.runner.end(id('rx'));
});

it('stands for an earlier summary too, and the last system prompt stays in front', async () => {
  await made.service.execute('system', {
    ...{ conversation: CONVERSATION, message: id('p'), after: id('rc'), text: 'Be brief.' },
  });
  await exchange('d', 'p');
  await summarise('s', 'rd', 1);
  await exchange('e', 's');
  await summarise('t', 're', 1, { model: MODEL, usage: { input: 90, output: 9 } });
  const header = (await readTree(engine)).messages.get(id('t'));
  expect(header).toMatchObject({
    ...{ author: { kind: 'model', model: MODEL, name: 'Demo', demo: true }, usage: { input: 90 } },
    ...{ summary: { from: id('a'), to: id('rd'), keep: 1, prompt: id('p') } },
  });
  await send(made, 'f', 't');
  expect(await askedWith('rf')).toEqual([
    ...['system: Be brief.', 'user: Summary t.', 'user: says e', 'assistant: Answer to e', 'user: says f'],
  ]);
  await made.runner.end(id('rf'));
});

it('is what the chain in the stream says, and reads no more of it than that', async () => {
  await summarise('s', 'rc', 1);
  await send(made, 'd', 's');
  await made.runner.end(id('rd'));
  // Another server, which has read nothing yet.
  const other = await benchWith({ engine });
  const tree = await readTree(engine);
  const generation = { ...(tree.generations.get(id('rd')) as Generation) };
  engine.reads.length = 0;
  const asked = await other.runner.home.context(CONVERSATION, generation);
  const from = tree.messages.get(id('c'))?.start;
  expect(engine.reads.filter(({ stream }) => stream.endsWith(`/b/${id('a')}`))).toEqual([
    { stream: `c/${CONVERSATION}/b/${id('a')}`, from },
  ]);
  const whole = await readBranch(engine, id('a'));
  expect(asked).toEqual(contextOf(whole, id('d')));
  expect(chainTo(whole, id('d'))).toHaveLength(8);
});

it('goes to a branch of its own where something else was said first', async () => {
  await send(made, 'd', 'rc');
  await made.runner.end(id('rd'));
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('s'), forked: true });
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('s'), forked: true });
});

it('is refused where it would stand for nothing, or not follow a reply', async () => {
  const refused = (code: string) => ({ code });
  await expect(summarise('s', 'rc', 3)).rejects.toMatchObject(refused('bad-request'));
  await expect(summarise('s', 'c', 0)).rejects.toMatchObject(refused('bad-request'));
  await expect(summarise('s', 'zz', 0)).rejects.toMatchObject(refused('not-found'));
  await expect(summarise('a', 'rc', 0)).rejects.toMatchObject(refused('id-taken'));
  await send(made, 'd', 'rc');
  await expect(summarise('s', 'rd', 0)).rejects.toMatchObject(refused('still-writing'));
  expect((await readTree(engine)).messages.has(id('s'))).toBe(false);
  await made.runner.end(id('rd'));
});

it.each([
  ['append', 'after', `/b/${id('a')}`],
  ['append', 'before', '/outline'],
  ['append', 'after', '/outline'],
  ['append', 'before', 'conversations'],
  ['append', 'after', 'conversations'],
] as const)('is completed by its repetition after a crash: %s %s %s', async (call, when, stream) => {
  for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
  await summarise('s', 'rc', 1).catch(() => {});
  // The process is gone, and with it what it remembered.
  const after = await benchWith({ engine: engine.healed() });
  const answer = await after.service.execute('summarise', {
    ...{ conversation: CONVERSATION, message: id('s'), after: id('rc'), text: 'Summary s.', keep: 1 },
  });
  expect(answer).toEqual({ message: id('s'), branch: id('a'), forked: false });
  const branch = await readBranch(engine, id('a'));
  expect(branch.filter((message) => message.id === id('s'))).toHaveLength(1);
});

it('can be of what follows a message on the way, for a quote', async () => {
  const { covered } = made.service;
  const wanted = { conversation: CONVERSATION, after: id('rc'), keep: 0 };
  const all = ['says a', 'Answer to a', 'says b', 'Answer to b', 'says c', 'Answer to c'];
  const said = async (more: object) =>
    words(await covered({ ...wanted, ...more })).map((one) => one.replace(/^\w+: /, ''));
  expect(await said({})).toEqual(all);
  expect(await said({ since: id('ra') })).toEqual(all.slice(2));
  await send(made, 'x', 'ra');
  await expect(covered({ ...wanted, since: id('x') })).rejects.toMatchObject({ status: 400 });
  await made.runner.end(id('rx'));
  await summarise('s', 'rc', 1);
  await exchange('d', 's');
  expect(await said({ after: id('rd'), since: id('rb') })).toEqual([
    ...['Summary s.', 'says c', 'Answer to c', 'says d', 'Answer to d'],
  ]);
});

it('is copied as one, with what it stands for', async () => {
  await summarise('s', 'rc', 1);
  await exchange('d', 's');
  const to = id('copied');
  await made.service.execute('copy', {
    conversation: to,
    from: { conversation: CONVERSATION, message: id('rd') },
  });
  const tree = await readTree(engine, to);
  const header = [...tree.messages.values()].find(({ origin }) => origin.kind === 'summary');
  const said = (preview: string) =>
    [...tree.messages.values()].find((message) => message.preview === preview)?.id;
  expect(header?.summary).toMatchObject({ from: said('says a'), to: said('Answer to b'), keep: 1 });
});

describe('summarise by itself when it is full', () => {
  const WINDOW = 600;
  const TINY = { source: 'demo', id: 'tiny' };
  let lines: (request: { readonly keep: number }) => AsyncIterable<SummaryLine>;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    lines = async function* ({ keep }) {
      yield { kind: 'part', n: 1, of: 1 };
      yield { kind: 'text', text: `So far, but for ${keep} turns.` };
      yield { kind: 'done', usage: { input: 9, output: 3 } };
    };
    engine = new FailingEngine();
    made = await full(engine);
    await made.service.execute('settings', { conversation: CONVERSATION, overflow: 'summarise' });
    for (const [name, parent, count] of [
      ['a', null, 175],
      ['b', 'ra', 70],
    ] as const) {
      await send(made, name, parent, 'word '.repeat(count));
      await made.runner.say(id(`r${name}`), `Answer to ${name}`);
      await made.runner.end(id(`r${name}`));
    }
  });

  const full = (on: FailingEngine) =>
    benchWith({
      engine: on,
      models: {
        describe: (model) =>
          model.id === TINY.id ? { name: 'Tiny', window: 400 } : { name: 'Small', window: WINDOW },
      },
      summarise: async (request) => {
        asked += 1;
        return lines(request);
      },
    });

  async function patiently(work: () => Promise<unknown>): Promise<unknown> {
    for (;;) {
      const answer = await work().catch((error: { code?: string }) => {
        if (error.code !== 'summarising') throw error;
      });
      if (answer) return answer;
      await new Promise(setImmediate);
    }
  }
  const say = () => send(made, 'd', 'rb', 'more '.repeat(105));

  it('says a summary first, and the message after it; until it is written it is to be asked again', async () => {
    await expect(say()).rejects.toMatchObject({ status: 503, code: 'summarising' });
    const answer = await patiently(say);
    expect(await say()).toEqual(answer);
    expect(asked).toBe(1);
    const tree = await readTree(engine);
    const summary = tree.messages.get(tree.messages.get(id('d'))?.parent ?? '');
    expect(summary).toMatchObject({
      ...{ parent: id('rb'), origin: { kind: 'summary' }, author: { name: 'Small' } },
      ...{ summary: { from: id('a'), keep: 1, unasked: true }, usage: { input: 9, output: 3 } },
    });
    expect(await askedWith('rd')).toEqual([
      ...['user: So far, but for 1 turns.', `user: ${'word '.repeat(70)}`, 'assistant: Answer to b'],
      `user: ${'more '.repeat(105)}`,
    ]);
    await made.runner.end(id('rd'));
  });

  it('writes nothing where it fails, and says why; nor where nothing would make room', async () => {
    lines = async function* () {
      yield { kind: 'failed', code: 'rate-limited', sentence: 'Too many questions.' };
    };
    const before = (await readTree(engine)).messages.size;
    await expect(patiently(say)).rejects.toMatchObject({
      code: 'context-too-large',
      message: expect.stringContaining('Too many questions.'),
    });
    const large = () => send(made, 'e', 'rb', 'more '.repeat(500));
    await expect(large()).rejects.toMatchObject({ code: 'context-too-large', facts: { fits: 0 } });
    expect((await readTree(engine)).messages.size).toBe(before);
    expect(asked).toBe(1);
  });

  it('is off at first', async () => {
    await made.service.execute('settings', { conversation: CONVERSATION, overflow: null });
    await expect(say()).rejects.toMatchObject({ code: 'context-too-large' });
    expect(asked).toBe(0);
  });

  it.each([
    ['append', 'after', `/b/${id('a')}`],
    ['append', 'before', '/outline'],
    ['append', 'after', '/outline'],
  ] as const)('goes on after a crash with what was said: %s %s %s', async (call, when, stream) => {
    await expect(say()).rejects.toMatchObject({ code: 'summarising' });
    await new Promise(setImmediate);
    for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
    await say().catch(() => {});
    made = await full(engine.healed());
    await patiently(say);
    const { messages } = await readTree(engine);
    const summaries = [...messages.values()].filter(({ origin }) => origin.kind === 'summary');
    expect(summaries).toHaveLength(1);
    expect(messages.get(id('d'))?.parent).toBe(summaries[0]?.id);
    if (made.runner.running(id('rd'))) await made.runner.end(id('rd'));
  });

  describe('for a version', () => {
    const edit = (more: object = {}) =>
      made.service.execute('edit', {
        ...{ conversation: CONVERSATION, of: id('b'), message: id('b2'), text: 'more '.repeat(150) },
        ...{ reply: id('rb2'), model: MODEL, ...more },
      });
    const regenerate = (more: object = {}) =>
      made.service.execute('regenerate', {
        ...{ conversation: CONVERSATION, parent: id('b'), reply: id('rb2'), model: TINY, ...more },
      });

    it('a wording that is longer follows a summary, and is a version all the same', async () => {
      await expect(edit()).rejects.toMatchObject({ code: 'summarising' });
      const answer = await patiently(edit);
      expect(await edit()).toEqual(answer);
      const tree = await readTree(engine);
      const said = tree.messages.get(id('b2'));
      expect(tree.messages.get(said?.parent ?? '')).toMatchObject({
        ...{ parent: id('ra'), origin: { kind: 'summary' }, summary: { from: id('a'), to: id('ra') } },
      });
      expect(said?.origin).toEqual({ kind: 'edit', of: id('b') });
      expect(versionsOf(tree, id('b'))).toEqual([id('b'), id('b2')]);
      expect(await askedWith('rb2')).toEqual([
        'user: So far, but for 0 turns.',
        `user: ${'more '.repeat(150)}`,
      ]);
      await made.runner.end(id('rb2'));
    });

    it('a reply by one that reads less has its question said again after the summary', async () => {
      await expect(regenerate()).rejects.toMatchObject({ code: 'summarising' });
      const answer = await patiently(regenerate);
      expect(await regenerate()).toEqual(answer);
      const tree = await readTree(engine);
      const again = tree.generations.get(id('rb2'))?.parent ?? '';
      expect(tree.messages.get(again)?.origin).toEqual({ kind: 'edit', of: id('b') });
      expect(versionsOf(tree, id('b'))).toEqual([id('b'), again]);
      expect(tree.generations.get(id('rb2'))?.origin).toEqual({ kind: 'regenerate', of: id('rb') });
      expect(await askedWith('rb2')).toEqual([
        ...['user: So far, but for 0 turns.', `user: ${'word '.repeat(70)}`],
      ]);
      expect(asked).toBe(1);
      await made.runner.end(id('rb2'));
    });

    it('several replies stand under the same question, where one of them has no room', async () => {
      const replies = [
        { id: id('rb2'), model: MODEL },
        { id: id('rb3'), model: TINY },
      ];
      const several = () =>
        made.service.execute('regenerate', { conversation: CONVERSATION, parent: id('b'), replies });
      await patiently(several);
      const { generations } = await readTree(engine);
      const parents = new Set(['rb2', 'rb3'].map((reply) => generations.get(id(reply))?.parent));
      expect(parents.size).toBe(1);
      expect(parents).not.toContain(id('b'));
      for (const reply of ['rb2', 'rb3']) await made.runner.end(id(reply));
    });

    it('goes on from words of another reply there', async () => {
      await patiently(() => regenerate({ begin: { of: id('rb'), text: 'Answer' } }));
      const generation = (await readTree(engine)).generations.get(id('rb2')) as Generation;
      expect(await made.runner.home.begun(CONVERSATION, generation)).toBe('Answer');
      await made.runner.end(id('rb2'));
    });

    it('leaves the conversation as it is where an aside is asked again', async () => {
      const aside = {
        message: id('x'),
        parent: id('rb'),
        text: 'aside '.repeat(20),
        origin: 'aside' as const,
      };
      await made.service.execute('send', {
        ...{ conversation: CONVERSATION, ...aside, reply: id('rx'), model: MODEL },
      });
      await made.runner.end(id('rx'));
      const again = { conversation: CONVERSATION, parent: id('x'), reply: id('rx2'), model: TINY };
      await expect(made.service.execute('regenerate', again)).rejects.toMatchObject({
        code: 'context-too-large',
      });
      expect(asked).toBe(0);
    });

    it.each([
      ['append', 'after', ''],
      ['append', 'before', '/outline'],
      ['append', 'after', '/outline'],
      ['fork', 'after', ''],
    ] as const)('goes on after a crash with what was said: %s %s %s', async (call, when, stream) => {
      for (const [name, work] of [
        ['edit', edit],
        ['regenerate', () => regenerate({ reply: id('rb3') })],
      ] as const) {
        const before = (await readTree(engine)).messages.size;
        await expect(work(), name).rejects.toMatchObject({ code: 'summarising' });
        await new Promise(setImmediate);
        for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
        await work().catch(() => {});
        made = await full(engine.healed());
        await patiently(work);
        const tree = await readTree(engine);
        const reply = id(name === 'edit' ? 'rb2' : 'rb3');
        expect(tree.messages.size - before, name).toBe(2);
        expect(versionsOf(tree, id('b')), name).toContain(tree.generations.get(reply)?.parent);
        if (made.runner.running(reply)) await made.runner.end(reply, { reason: 'stopped' });
      }
    });
  });
});
