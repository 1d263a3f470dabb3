import { beforeEach, expect, it } from 'vitest';
import { outlineItemSchema, VERSION } from '../../protocol/index.ts';
import { type Branch, emptyTree, foldOutline, type OutlineChange } from '../../tree/index.ts';
import { START } from '../engine/index.ts';
import { IndexStream } from './index-stream.ts';
import { FailingEngine } from './testing.ts';

const STREAM = 'c/conv-001/outline';

const branch = (id: string): Branch => ({ id, kind: 'root', from: null, at: 1 });
const item = (id: string) => ({ v: VERSION, kind: 'branch' as const, branch: branch(id) }) as const;

let engine: FailingEngine;

beforeEach(async () => {
  engine = new FailingEngine();
  await engine.create(STREAM);
});

const index = () =>
  new IndexStream(engine, STREAM, {
    schema: outlineItemSchema,
    empty: emptyTree,
    fold: (tree, items) => foldOutline(tree, items as readonly OutlineChange[]),
  });

const count = async () => (await engine.read(STREAM, START)).items.length;

it('reads only what is new since it read last', async () => {
  const mine = index();
  await engine.append(STREAM, [item('branch-1')]);
  expect([...(await mine.refresh()).branches.keys()]).toEqual(['branch-1']);
  await engine.append(STREAM, [item('branch-2')]);
  engine.calls.length = 0;
  expect([...(await mine.refresh()).branches.keys()]).toEqual(['branch-1', 'branch-2']);
  expect(engine.calls).toEqual([`read ${STREAM}`]);
});

it('knows what it wrote without reading it, and writes nothing it knows', async () => {
  const mine = index();
  await mine.refresh();
  engine.calls.length = 0;
  expect([...(await mine.write([item('branch-1'), item('branch-2')])).branches.keys()]).toHaveLength(2);
  await mine.write([item('branch-1')]);
  expect(engine.calls).toEqual([`append ${STREAM}`]);
});

it('reads what another server wrote before its own', async () => {
  const mine = index();
  await mine.refresh();
  await engine.append(STREAM, [item('branch-1')]);
  expect([...(await mine.write([item('branch-2')])).branches.keys()].sort()).toEqual([
    'branch-1',
    'branch-2',
  ]);
});

it('says again what a lost request left out, not what only its answer lost', async () => {
  const mine = index();
  await mine.refresh();
  engine.failNext('append', 'after');
  await mine.write([item('branch-1')]);
  engine.failNext('append', 'before');
  await mine.write([item('branch-2')]);
  expect(await count()).toBe(2);
});

it('throws when no answer comes; the state is then what was read', async () => {
  const mine = index();
  await mine.refresh();
  for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before');
  await expect(mine.write([item('branch-1')])).rejects.toMatchObject({ kind: 'unavailable' });
  expect(mine.state.branches.size).toBe(0);
});

it('refuses to write what nobody could read', async () => {
  const broken = { ...item('branch-1'), branch: { ...branch('x') } };
  await expect(index().write([broken])).rejects.toThrow(TypeError);
  expect(await count()).toBe(0);
});
