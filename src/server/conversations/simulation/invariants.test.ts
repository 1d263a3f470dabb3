import { describe, expect, it } from 'vitest';
import { branchStream, type Message } from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import { benchWith, CONVERSATION, CoarseEngine, FailingEngine, id, send } from '../testing.ts';
import { violationsOf } from './invariants.ts';
import { noneAcknowledged } from './person.ts';
import { Random } from './random.ts';

/** `m2` stands behind two copies of its chain, `m0` and `m1`. */
async function copiedTwice(engine: FailingEngine): Promise<void> {
  const made = await benchWith({ engine, forkDepth: 1 });
  await send(made, 'm0', null);
  await send(made, 'n1', 'm0');
  await send(made, 'm1', 'm0');
  await send(made, 'n2', 'm1');
  const copy = branchStream(CONVERSATION, id('m2'));
  for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before', copy);
  await expect(send(made, 'm2', 'm1')).rejects.toMatchObject({ status: 503 });
  const source = await readAll(engine, branchStream(CONVERSATION, id('m1')), START);
  const chain = source.items.slice(0, 2);
  for (const item of [...chain, ...chain]) await engine.append(copy, [item]);
  await send(made, 'm2', 'm1');
  for (const name of ['m0', 'n1', 'm1', 'n2', 'm2']) await made.runner.end(id(`r${name}`));
  const { items } = await readAll(engine, copy, START);
  expect(items).toMatchObject(['m0', 'm1', 'm0', 'm1', 'm2'].map((name) => ({ id: id(name) })));
}

/** By exact reads, whatever pages servers see. */
function violationsIn(engine: FailingEngine, over: { readonly strays: boolean; readonly coarse: boolean }) {
  const memory = {
    read: MemoryEngine.prototype.read.bind(engine),
    head: MemoryEngine.prototype.head.bind(engine),
  };
  return violationsOf({ random: new Random(1), memory, ...over }, CONVERSATION, noneAcknowledged());
}

describe.each([
  ['that is exact', FailingEngine, false],
  ['that cuts its pages itself', CoarseEngine, true],
] as const)('a chain copied twice at an engine %s', (_, Kind, coarse) => {
  async function violations(strays: boolean): Promise<readonly string[]> {
    const engine = new Kind();
    await copiedTwice(engine);
    return violationsIn(engine, { strays, coarse });
  }

  it('is right where the engine forgot its sequence numbers: what is said behind it is in the branch', async () => {
    expect(await violations(true)).toEqual([]);
  });

  it('is wrong where it did not', async () => {
    expect(await violations(false)).toContain(
      `branch ${id('m2')}: ${id('m0')} does not follow the one before it`,
    );
  });
});

it('finds what was said behind a repetition of the message before it, where pages do not tell them apart', async () => {
  const engine = new CoarseEngine();
  const made = await benchWith({ engine });
  await send(made, 'a', null);
  const branch = branchStream(CONVERSATION, id('a'));
  const { items } = await readAll(engine, branch, START);
  const b = { ...(items[0] as Message), id: id('b'), parent: id('a') };
  for (const item of [...items, b]) await engine.append(branch, [item]);
  // As its writer does, whose POST came behind the repetition.
  expect(await send(made, 'b', 'a')).toMatchObject({ branch: id('a') });
  for (const name of ['a', 'b']) await made.runner.end(id(`r${name}`));
  expect(await violationsIn(engine, { strays: true, coarse: true })).toEqual([]);
});
