import { expect, it } from 'vitest';
import { branchStream } from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import {
  type Bench,
  benchWith,
  CONVERSATION,
  FailingEngine,
  id,
  readBranch,
  readTree,
  send,
} from '../testing.ts';
import { depthOf } from './fork.ts';

/** Goes another way again and again: each message forks from the one before it. */
async function forkOnAndOn(made: Bench, times: number): Promise<void> {
  await send(made, 'm0', null);
  for (let time = 1; time <= times; time += 1) {
    await send(made, `n${time}`, `m${time - 1}`);
    await send(made, `m${time}`, `m${time - 1}`);
  }
}

it('forks from the stream that owns the message, so that a fork beside another is no deeper', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await send(made, 'b', 'a');
  await send(made, 'c', 'a');
  await send(made, 'd', 'a');
  const tree = await readTree(made.engine);
  expect(tree.branches.get(id('d'))?.from?.stream).toBe(branchStream(CONVERSATION, id('a')));
  expect([id('a'), id('c'), id('d')].map((branch) => depthOf(tree, branch))).toEqual([0, 1, 1]);
});

it('copies the chain where forks would lie too deep, and begins to count anew', async () => {
  const made = await benchWith({ forkDepth: 2 });
  await forkOnAndOn(made, 4);
  const tree = await readTree(made.engine);
  const kinds = ['m1', 'm2', 'm3', 'm4'].map((name) => tree.branches.get(id(name))?.kind);
  expect(kinds).toEqual(['fork', 'fork', 'copy', 'fork']);
  expect((await readBranch(made.engine, id('m3'))).slice(0, 4).map((message) => message.id)).toEqual(
    ['m0', 'm1', 'm2', 'm3'].map(id),
  );
  expect(tree.messages.get(id('m2'))?.branch).toBe(id('m2'));
  expect(depthOf(tree, id('m4'))).toBe(1);
});

it('goes on with a copy that was cut', async () => {
  const engine = new FailingEngine();
  const made = await benchWith({ engine, forkDepth: 1 });
  await forkOnAndOn(made, 1);
  await send(made, 'n2', 'm1');
  const copy = branchStream(CONVERSATION, id('m2'));
  for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before', copy);
  await expect(send(made, 'm2', 'm1')).rejects.toMatchObject({ status: 503 });
  expect((await readAll(engine, copy, START)).items).toHaveLength(0);
  expect(await send(made, 'm2', 'm1')).toEqual({ message: id('m2'), branch: id('m2'), forked: true });
  expect((await readBranch(engine, id('m2'))).map((message) => message.id)).toEqual(
    ['m0', 'm1', 'm2'].map(id),
  );
});
