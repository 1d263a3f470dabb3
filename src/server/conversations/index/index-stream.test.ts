import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type OutlineItem,
  outlineItemOf,
  outlineItemSchema,
  readOutline,
  VERSION,
} from '../../../protocol/index.ts';
import {
  type Branch,
  emptyTree,
  foldOutline,
  isNewIn,
  type OutlineChange,
  type Tree,
  treeSnapshot,
} from '../../../tree/index.ts';
import { START } from '../../engine/index.ts';
import { FailingEngine } from '../testing.ts';
import { type IndexFold, IndexStream, type SegmentOptions } from './index-stream.ts';

const STREAM = 'c/conv-001/outline';

const branch = (id: string): Branch => ({ id, kind: 'root', from: null, at: 1 });
const item = (id: string) => ({ v: VERSION, kind: 'branch' as const, branch: branch(id) }) as const;

let engine: FailingEngine;
let folds: number;

beforeEach(async () => {
  folds = 0;
  engine = new FailingEngine();
  await engine.create(STREAM);
});

const FOLD: IndexFold<Tree, OutlineItem, OutlineChange> = {
  schema: outlineItemSchema,
  read: readOutline,
  empty: emptyTree,
  fold: (tree, items) => {
    folds += 1;
    return foldOutline(tree, items);
  },
  isNew: isNewIn,
  snapshot: (tree) => treeSnapshot(tree).map(outlineItemOf),
};

const index = (most?: number, later?: SegmentOptions['later']) =>
  new IndexStream(engine, STREAM, FOLD, { most, later });

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

it('reads anew what an engine has that was restored from a backup, or emptied', async () => {
  const mine = index();
  await engine.append(STREAM, [item('branch-1')]);
  await engine.append(STREAM, [item('branch-2')]);
  await mine.refresh();
  const restored = new FailingEngine();
  await restored.create(STREAM);
  await restored.append(STREAM, [item('branch-1')]);
  engine.read = restored.read.bind(restored);
  engine.head = restored.head.bind(restored);
  engine.append = restored.append.bind(restored);
  expect([...(await mine.refresh()).branches.keys()]).toEqual(['branch-1']);
  await mine.write([item('branch-3')]);
  expect([...(await index().refresh()).branches.keys()]).toEqual(['branch-1', 'branch-3']);
});

it('knows what it wrote without reading it, and writes nothing it knows', async () => {
  const mine = index();
  await mine.refresh();
  engine.calls.length = 0;
  expect([...(await mine.write([item('branch-1'), item('branch-2')])).branches.keys()]).toHaveLength(2);
  await mine.write([item('branch-1')]);
  expect(engine.calls).toEqual([`append ${STREAM}`]);
});

it('folds what it writes once: each fold copies what it changes', async () => {
  const mine = index();
  await mine.refresh();
  folds = 0;
  await mine.write([item('branch-1'), item('branch-2'), item('branch-3')]);
  expect(folds).toBe(1);
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

describe('an index that rolls over', () => {
  const NEXT = `${STREAM}~2`;
  const kinds = async (stream: string) =>
    (await engine.read(stream, START)).items.map((one) => (one as { kind: string }).kind);
  const ids = (tree: { branches: ReadonlyMap<string, unknown> }) => [...tree.branches.keys()].sort();
  const full = async () => {
    const mine = index(2);
    await mine.write([item('branch-1')]);
    await mine.write([item('branch-2')]);
    return mine;
  };

  it('closes a full segment and goes on in the next, which begins with all of it', async () => {
    const mine = await full();
    expect(mine.newest).toBe(NEXT);
    expect(await kinds(STREAM)).toEqual(['branch', 'branch', 'rolled']);
    expect((await engine.head(STREAM))?.closed).toBe(true);
    expect(await kinds(NEXT)).toEqual(['snapshot', 'branch', 'branch']);
    await mine.write([item('branch-3')]);
    expect(ids(await index().refresh())).toEqual(['branch-1', 'branch-2', 'branch-3']);
  });

  it('reads no more than the newest segment', async () => {
    await full();
    engine.calls.length = 0;
    await index().refresh();
    expect(engine.calls.filter((call) => call.startsWith('read'))).not.toContain(`read ${STREAM}`);
  });

  it('takes as many items after a snapshot as are in it before it rolls over again', async () => {
    const mine = index(2);
    const newest = [];
    for (let n = 1; n <= 11; n += 1) {
      await mine.write([item(`branch-${n}`)]);
      newest.push(mine.newest);
    }
    // Two; three after those two and their mark; six after those five and theirs.
    expect(newest.map((name) => Number(name.split('~')[1] ?? 1))).toEqual([1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4]);
    expect(mine.state.branches.size).toBe(11);
  });

  it('follows another server that rolled it over, and says there what the closed segment refused', async () => {
    const other = index(2);
    await other.refresh();
    await full();
    expect(ids(await other.write([item('branch-3')]))).toEqual(['branch-1', 'branch-2', 'branch-3']);
    expect(await kinds(NEXT)).toEqual(['snapshot', 'branch', 'branch', 'branch']);
  });

  it('lets go of what the snapshot leaves out, whoever rolled it over', async () => {
    const forgetful = () =>
      new IndexStream(
        engine,
        STREAM,
        {
          schema: outlineItemSchema,
          read: readOutline,
          empty: new Set<string>(),
          fold: (state, items) => {
            const said = items.map((one) => JSON.stringify(one));
            return said.every((one) => state.has(one)) ? state : new Set([...state, ...said]);
          },
          isNew: (state, item) => !state.has(JSON.stringify(item)),
          snapshot: (state) => [...state].slice(-1).map((one) => JSON.parse(one)),
        },
        { most: 10 },
      );
    const [mine, other] = [forgetful(), forgetful()];
    const held: number[] = [];
    for (let n = 1; n <= 40; n += 1) {
      await mine.write([item(`branch-${n}`)]);
      held.push(mine.state.size, (await other.refresh()).size);
    }
    expect(Number(mine.newest.split('~')[1])).toBeGreaterThan(3);
    expect(Math.max(...held)).toBeLessThan(12);
    expect(other.state).toEqual(mine.state);
  });

  it('does not read back the snapshot it wrote, and knows where that ends', async () => {
    const mine = index(2);
    await mine.write([item('branch-1')]);
    const read = vi.spyOn(engine, 'read');
    await mine.write([item('branch-2')]);
    const pages = await Promise.all(read.mock.results.map(({ value }) => value));
    expect(pages.flatMap(({ items }) => items).filter(({ kind }) => kind !== 'rolled')).toEqual([]);
    const held = await engine.read(NEXT, mine.snapshotEnd as string);
    expect(held.items).toEqual([]);
    await mine.write([item('branch-3')]);
    expect((await engine.read(NEXT, mine.snapshotEnd as string)).items).toEqual([item('branch-3')]);
    const other = index(2);
    await other.refresh();
    expect(other.snapshotEnd).toBeNull();
  });

  it('keeps nobody who writes waiting: it rolls over in a quiet moment', async () => {
    let quiet: () => void = () => {};
    const mine = index(2, (_ms, task) => {
      quiet = task;
    });
    for (const n of [1, 2, 3]) await mine.write([item(`branch-${n}`)]);
    expect(mine.newest).toBe(STREAM);
    expect(await kinds(STREAM)).not.toContain('rolled');
    quiet();
    expect(ids(await mine.refresh())).toEqual(['branch-1', 'branch-2', 'branch-3']);
    expect(mine.newest).toBe(NEXT);
    expect(await kinds(NEXT)).toEqual(['snapshot', 'branch', 'branch', 'branch']);
    quiet();
    await mine.refresh();
    expect(mine.newest).toBe(NEXT);
  });

  it('rolls over at once where as much again came without a quiet moment', async () => {
    const mine = index(2, () => {});
    for (const n of [1, 2, 3]) await mine.write([item(`branch-${n}`)]);
    expect(mine.newest).toBe(STREAM);
    await mine.write([item('branch-4')]);
    expect(mine.newest).toBe(NEXT);
  });

  it('tells what failed in a quiet moment', async () => {
    const trouble = vi.fn();
    let quiet: () => void = () => {};
    const later = (_ms: number, task: () => void) => {
      quiet = task;
    };
    const mine = new IndexStream(engine, STREAM, FOLD, { most: 1, later, trouble });
    await mine.write([item('branch-1')]);
    engine.append = async () => {
      throw new TypeError('a fault');
    };
    quiet();
    await mine.refresh();
    expect(trouble).toHaveBeenCalledWith(expect.objectContaining({ message: 'a fault' }));
  });

  it('says the snapshot once when servers race', async () => {
    const servers = [index(2), index(2), index(2)];
    await Promise.all(servers.map((one) => one.refresh()));
    await Promise.all(servers.map((one, n) => one.write([item(`branch-${n}`), item(`branch-x${n}`)])));
    for (const one of servers) expect((await one.refresh()).branches.size).toBe(6);
    expect((await kinds(NEXT)).filter((kind) => kind === 'snapshot')).toHaveLength(1);
  });

  it.each([
    ['no next segment', 'create'],
    ['a next segment without a snapshot', 'append'],
  ] as const)('goes on after a crash that left %s', async (_what, call) => {
    for (let time = call === 'append' ? 3 : 1; time > 0; time -= 1) engine.failNext(call, 'before', '~2');
    await full();
    expect(await kinds(STREAM)).toContain('rolled');
    const fresh = index(2);
    expect(ids(await fresh.refresh())).toEqual(['branch-1', 'branch-2']);
    expect(await kinds(NEXT)).toEqual(['snapshot', 'branch', 'branch']);
  });

  it('acknowledges what was written though the roll-over fails, and rolls over with the next write', async () => {
    engine.failNext('append', 'before', STREAM);
    const mine = index(1);
    await mine.refresh();
    await mine.write([item('branch-1')]);
    await mine.write([item('branch-2')]);
    expect(mine.newest).not.toBe(STREAM);
    expect(ids(mine.state)).toEqual(['branch-1', 'branch-2']);
  });

  it('does not count what an engine that forgot the end took after it, and says it again', async () => {
    await engine.append(STREAM, [item('branch-1'), { v: VERSION, kind: 'rolled', next: NEXT }]);
    const mine = index();
    await engine.append(STREAM, [item('branch-9')]);
    expect(ids(await mine.refresh())).toEqual(['branch-1']);
    expect(ids(await mine.write([item('branch-9')]))).toEqual(['branch-1', 'branch-9']);
    expect(await kinds(NEXT)).toEqual(['snapshot', 'branch', 'branch']);
  });

  it('misses nothing where its snapshot got behind another one, past an engine that forgot that', async () => {
    await engine.append(STREAM, [item('branch-1'), { v: VERSION, kind: 'rolled', next: NEXT }]);
    const append = engine.append.bind(engine);
    engine.append = async (stream, items, { seq, ...options } = {}) => {
      if (seq !== undefined) {
        await append(stream, items);
        await append(stream, [item('branch-9')]);
      }
      return append(stream, items, options);
    };
    const mine = index();
    expect(ids(await mine.refresh())).toEqual(['branch-1', 'branch-9']);
    expect(mine.snapshotEnd).toBeNull();
    engine.append = append;
    expect(ids(await mine.write([item('branch-2')]))).toEqual(['branch-1', 'branch-2', 'branch-9']);
    expect(ids(await index().refresh())).toEqual(['branch-1', 'branch-2', 'branch-9']);
  });
});
