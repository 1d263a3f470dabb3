import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyTree,
  foldOutline,
  type MessageHeader,
  pathTo,
  type Tree,
  turnsOf,
} from '../../../../tree/index.ts';
import { type OutlineRow, outlineRows } from './outline-rows.ts';
import { rowName } from './outline-text.ts';

/** Each number picks the message (by index) that the next one hangs under; negative: a first message. */
function treeOf(parents: readonly number[]): Tree {
  const headers: MessageHeader[] = [];
  for (const [index, pick] of parents.entries()) {
    const parent = pick < 0 ? undefined : headers[pick % Math.max(1, headers.length)];
    headers.push(header(index, parent));
  }
  return foldOutline(
    emptyTree,
    headers.map((message) => ({ kind: 'message', message })),
  );
}

function header(index: number, parent: MessageHeader | undefined): MessageHeader {
  return {
    id: `m${index}`,
    parent: parent?.id ?? null,
    role: parent?.role === 'user' ? 'assistant' : 'user',
    author: { kind: 'user' },
    preview: `Words ${index}`,
    branch: 'branch',
    start: '0',
    end: '1',
    origin: { kind: 'send' },
    time: index,
  };
}

interface Options {
  readonly tip: string;
  readonly all?: boolean;
}

/** The outline of a tree with the path to `tip`; with `all`, every branch opened and every run unfolded. */
function outlineOf(tree: Tree, { tip, all = false }: Options): readonly OutlineRow[] {
  const turns = turnsOf(tree);
  const ids = [...turns.byId.keys()];
  return outlineRows({
    tree,
    turns,
    path: pathTo(tree, tip),
    selected: tip,
    chosen: new Map(all ? ids.map((id) => [id, 'unfolded' as const]) : []),
    open: new Set(all ? ids : []),
  });
}

const parents = fc.array(fc.integer({ min: -1, max: 50 }), { minLength: 1, maxLength: 50 });
const tipIn = (picks: readonly number[], pick: number) => `m${pick % picks.length}`;
const words = (rows: readonly OutlineRow[]) =>
  rows.map(({ level, kind, title, turns }) => `${'  '.repeat(level - 1)}${kind} ${title} ${turns}`);

describe('the outline', () => {
  test('has every turn once when all is opened', () => {
    fc.assert(
      fc.property(parents, fc.nat(), (picks, pick) => {
        const tree = treeOf(picks);
        const rows = outlineOf(tree, { tip: tipIn(picks, pick), all: true });
        const own = rows.filter(({ kind }) => kind !== 'reply').map(({ id }) => id);
        expect([...own].sort()).toEqual([...turnsOf(tree).byId.keys()].sort());
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
    );
  });

  test('rows stand for every turn once, whatever is folded', () => {
    fc.assert(
      fc.property(parents, fc.nat(), (picks, pick) => {
        const tree = treeOf(picks);
        const rows = outlineOf(tree, { tip: tipIn(picks, pick) });
        expect(rows.reduce((sum, { turns }) => sum + turns, 0)).toBe(turnsOf(tree).byId.size);
      }),
    );
  });

  test('levels go down one at a time, begin with 1, and the path is all of level 1', () => {
    fc.assert(
      fc.property(parents, fc.nat(), fc.boolean(), (picks, pick, all) => {
        const rows = outlineOf(treeOf(picks), { tip: tipIn(picks, pick), all });
        expect(rows[0]?.level).toBe(1);
        for (const [index, row] of rows.entries()) {
          expect(row.level).toBeLessThanOrEqual((rows[index - 1]?.level ?? 0) + 1);
          if (row.onPath) expect(row.level).toBe(1);
          expect(row.position).toBeLessThanOrEqual(row.of);
        }
        expect(rows.filter(({ here }) => here)).toHaveLength(1);
      }),
    );
  });

  test('draws what leaves a line under the turn that was taken instead', () => {
    // m0 asks, m1 replies; m2 and m4 go on from m1, each is replied to
    const tree = treeOf([-1, 0, 1, 2, 1, 4]);
    expect(words(outlineOf(tree, { tip: 'm5' }))).toEqual([
      'turn Words 0 1',
      'turn Words 4 1',
      '  branch Words 2 1',
    ]);
    expect(words(outlineOf(tree, { tip: 'm3' }))).toEqual([
      'turn Words 0 1',
      'turn Words 2 1',
      '  branch Words 4 1',
    ]);
  });

  test('replies nobody went on from stand under their turn', () => {
    const tree = treeOf([-1, 0, 0, 0]);
    const rows = outlineOf(tree, { tip: 'm3' });
    expect(words(rows)).toEqual(['turn Words 0 1', '  reply Words 1 0', '  reply Words 2 0']);
    expect(rows.map(({ message }) => message)).toEqual(['m3', 'm1', 'm2']);
  });

  test('a line of 50,000 messages and 2,000 forks in forks have no recursion to run out of', () => {
    const line = treeOf(Array.from({ length: 50_000 }, (_, index) => index - 1));
    expect(outlineOf(line, { tip: 'm49999', all: true })).toHaveLength(25_000);
    // Every reply is gone on from twice; the path takes the first way each time.
    const comb = treeOf(
      Array.from({ length: 8_000 }, (_, i) => (i === 0 ? -1 : i % 4 === 2 ? Math.max(0, i - 5) : i - 1)),
    );
    expect(outlineOf(comb, { tip: 'm1', all: true }).length).toBeGreaterThan(1_000);
  });
});

test('a row says how the files of its branch differ from the fork point', () => {
  const [asked, reply] = [header(0, undefined), header(1, header(0, undefined))];
  const since = { files: 2, added: 120, removed: 32 };
  const tree = foldOutline(emptyTree, [
    { kind: 'message', message: asked },
    { kind: 'message', message: { ...reply, since } },
  ]);
  const names = outlineOf(tree, { tip: 'm1' }).map((row) => rowName(row, 0));
  expect(names.at(-1)).toContain('2 files changed since the fork, +120 −32');
});
