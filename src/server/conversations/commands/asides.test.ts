import { describe, expect, it } from 'vitest';
import { contextOf, DAY, textOf } from '../../../protocol/index.ts';
import { asidesUnder, followPath, markOf, versionsOf } from '../../../tree/index.ts';
import {
  type Bench,
  bench,
  benchWith,
  CONVERSATION,
  FailingEngine,
  id,
  MODEL,
  readBranch,
  readTree,
  send,
} from '../testing.ts';

const asideInput = (name: string, owner: string) => ({
  ...{ conversation: CONVERSATION, message: id(name), parent: id(owner), text: `asks ${name}` },
  ...{ reply: id(`r${name}`), model: MODEL, origin: 'aside' as const },
});
const aside = ({ service }: Pick<Bench, 'service'>, name: string, owner: string) =>
  service.execute('send', asideInput(name, owner));

async function answered(made: Bench, name: string): Promise<void> {
  await made.runner.say(id(`r${name}`), `answers ${name}`);
  await made.runner.end(id(`r${name}`));
}

/** A question, its answer, and an aside about the answer, which is at the end. */
async function withAside(deps: Parameters<typeof bench>[0] = {}) {
  const made = await benchWith(deps);
  await send(made, 'a', null);
  await answered(made, 'a');
  await aside(made, 'x', 'ra');
  await answered(made, 'x');
  return made;
}

describe('an aside', () => {
  it('leaves its owner on a branch of its own where the place is free; the conversation goes on as if it were not', async () => {
    const made = await withAside();
    await send(made, 'b', 'ra');
    await send(made, 'y', 'rx');
    const tree = await readTree(made.engine);
    expect(tree.branches.get(id('x'))).toMatchObject({ kind: 'fork', from: { message: id('ra') } });
    expect(tree.messages.get(id('b'))).toMatchObject({ branch: id('a'), origin: { kind: 'send' } });
    expect(asidesUnder(tree, id('ra'))).toEqual([id('x')]);
    expect(followPath(tree, {})).toEqual(['a', 'ra', 'b', 'rb'].map(id));
    expect(tree.messages.get(id('y'))?.branch).toBe(id('x'));
    const read = contextOf(await readBranch(made.engine, id('x')), id('y'), MODEL);
    expect(read.map(({ parts }) => textOf(parts))).toEqual([
      'says a',
      'answers a',
      'asks x',
      'answers x',
      'says y',
    ]);
    const beside = contextOf(await readBranch(made.engine, id('a')), id('b'), MODEL);
    expect(beside.map(({ parts }) => textOf(parts))).toEqual(['says a', 'answers a', 'says b']);
  });

  it('in other words is another aside; once it is kept, a version', async () => {
    const made = await withAside();
    const edit = (name: string) =>
      made.service.execute('edit', {
        ...{ conversation: CONVERSATION, of: id('x'), message: id(name), text: `asks ${name}` },
        ...{ reply: id(`r${name}`), model: MODEL },
      });
    await edit('y');
    await edit('y');
    expect(asidesUnder(await readTree(made.engine), id('ra'))).toEqual(['x', 'y'].map(id));
    await made.service.execute('mark', {
      conversation: CONVERSATION,
      marks: [{ message: id('x'), kept: true }],
    });
    await edit('z');
    const tree = await readTree(made.engine);
    expect(versionsOf(tree, id('x'))).toEqual(['x', 'z'].map(id));
    expect(asidesUnder(tree, id('ra'))).toEqual([id('y')]);
  });

  it.each(['before', 'after'] as const)(
    'is said once where answers are lost %s they are written',
    async (when) => {
      const engine = new FailingEngine();
      const made = await benchWith({ engine });
      await send(made, 'a', null);
      await answered(made, 'a');
      for (const [call, stream] of [
        ['append', 'outline'],
        ['fork', `b/${id('x')}`],
        ['append', `b/${id('x')}`],
        ['append', 'outline'],
      ] as const) {
        for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
        await aside(made, 'x', 'ra').catch(() => {});
      }
      for (let time = 0; time < 12; time += 1) await aside(made, 'x', 'ra').catch(() => {});
      expect(await aside(made, 'x', 'ra')).toEqual({ message: id('x'), branch: id('x'), forked: true });
      const tree = await readTree(engine);
      expect(asidesUnder(tree, id('ra'))).toEqual([id('x')]);
      expect((await readBranch(engine, id('x'))).map((message) => message.id)).toEqual(
        ['a', 'ra', 'x'].map(id),
      );
      expect(tree.generations.get(id('rx'))?.parent).toBe(id('x'));
    },
  );

  it('changes neither model nor title; an id that is no aside is not one', async () => {
    const made = await withAside();
    const other = { source: 'demo', id: 'other' };
    const { service } = made;
    await service.execute('settings', { conversation: CONVERSATION, model: other });
    await aside(made, 'z', 'ra');
    await send(made, 'y', 'rx');
    expect(service.lastUsed()).toEqual([other]);
    const said = { ...asideInput('a', 'ra'), parent: id('ra') };
    await expect(service.execute('send', said)).rejects.toMatchObject({ code: 'id-taken' });
    const { origin: _, ...plain } = asideInput('x', 'ra');
    await expect(service.execute('send', plain)).rejects.toMatchObject({ code: 'id-taken' });
  });

  it('is found only where asides are asked for, until it is kept', async () => {
    const made = await withAside();
    const find = async (asides: boolean) =>
      (await made.service.find(CONVERSATION, { words: 'asks', asides }, 0)).ids;
    expect([await find(false), await find(true)]).toEqual([[], [id('x')]]);
    const marks = [{ message: id('x'), kept: true }];
    await made.service.execute('mark', { conversation: CONVERSATION, marks });
    expect(await find(false)).toEqual([id('x')]);
  });
});

describe('an aside that nobody kept', () => {
  const isHidden = async ({ engine }: Pick<Bench, 'engine'>) =>
    markOf(await readTree(engine), id('x')).pruned;
  /** The server starts again, and the conversation is opened. */
  async function reopened(made: Bench, asidesDays = 14): Promise<Bench> {
    const again = bench({ engine: made.engine, now: made.clock.now, asidesDays });
    await again.service.start();
    await again.service.open(CONVERSATION);
    return again;
  }

  it('goes 14 days after the last that was said in it, and can be brought back', async () => {
    const made = await withAside();
    // The reply of the test ended at 9,000 ms.
    made.clock.pass(14 * DAY - 1_000);
    await reopened(made);
    expect(await isHidden(made)).toBe(false);
    made.clock.pass(20_000);
    const again = await reopened(made);
    expect(await isHidden(made)).toBe(true);
    const marks = [{ message: id('x'), pruned: false }];
    await again.service.execute('mark', { conversation: CONVERSATION, marks });
    expect(await isHidden(made)).toBe(false);
  });

  it('or the last time it was looked at; while it is looked at it never goes', async () => {
    const made = await withAside();
    for (let time = 0; time < 3; time += 1) {
      made.clock.pass(13 * DAY);
      await made.service.execute('view', { conversation: CONVERSATION, at: id('x'), leaf: id('rx') });
    }
    await reopened(made);
    expect(await isHidden(made)).toBe(false);
    made.clock.pass(15 * DAY);
    await reopened(made);
    expect(await isHidden(made)).toBe(true);
  });

  it('goes from a server that runs on, a day late at most, but not while a reply is written in it', async () => {
    const made = await withAside();
    await aside(made, 'w', 'ra');
    await made.service.open(CONVERSATION);
    for (let day = 0; day < 16; day += 1) {
      made.clock.pass(DAY);
      for (let turn = 0; turn < 40; turn += 1) await new Promise(setImmediate);
    }
    expect(await isHidden(made)).toBe(true);
    expect(markOf(await readTree(made.engine), id('w')).pruned).toBe(false);
  });

  it('stays where asides never go, and where one was kept', async () => {
    const made = await withAside({ asidesDays: 0 });
    made.clock.pass(40 * DAY);
    await reopened(made, 0);
    expect(await isHidden(made)).toBe(false);
    const marks = [{ message: id('x'), kept: true }];
    await made.service.execute('mark', { conversation: CONVERSATION, marks });
    await reopened(made);
    expect(await isHidden(made)).toBe(false);
  });
});
