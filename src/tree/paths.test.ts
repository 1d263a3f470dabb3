import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOutline } from './fold-outline.ts';
import { followPath, isEmptyEnd, withChoices } from './paths.ts';
import { childrenOf, parentOf } from './queries.ts';
import { emptyTree, ROOT, type Tree } from './tree.ts';
import type { OutlineChange } from './types.ts';

const model = { source: 'demo', id: 'demo' };
const origin = { kind: 'send' } as const;

/** "q1 > r1@2": message r1 under q1, made at time 2; "q1 > r1@2?": a reply under way; "q1 > r1@2!": one that ended without a word. */
function treeOf(...lines: string[]): Tree {
  return foldOutline(emptyTree, lines.flatMap(changesOf));
}

function changesOf(line: string): OutlineChange[] {
  const [, parent, id, at, mark] = /^(?:(\S+) > )?([^@]+)@(\d+)([?!]?)$/.exec(line) as unknown as string[];
  const time = Number(at);
  const shared = { id: id as string, branch: 'b', origin, name: 'Demo', model };
  if (mark) {
    const generation = { ...shared, parent: parent as string, at: 'o', started: time };
    const begun: OutlineChange = { kind: 'generation', generation };
    const end = { reason: 'failed', at: time } as const;
    return mark === '?' ? [begun] : [begun, { kind: 'generation-end', id: shared.id, end }];
  }
  const place = { role: 'user', author: { kind: 'user' }, preview: '', start: 'o', end: 'o', time } as const;
  return [{ kind: 'message', message: { ...shared, ...place, parent: parent ?? null } }];
}

const path = (tree: Tree, options: Parameters<typeof followPath>[1] = {}) =>
  followPath(tree, options).join(' ');
const seen = (tree: Tree, ids: string) => withChoices(new Map(), followPath(tree, { selected: ids }));

const forked = treeOf('q1@1', 'q1 > r1@2', 'q1 > r2@3', 'r1 > q2@4', 'r2 > q3@5', 'q3 > r3@6?');

describe('the visible path', () => {
  it('goes to the newest leaf', () => {
    expect(path(forked)).toBe('q1 r2 q3 r3');
    expect(path(emptyTree)).toBe('');
  });

  it('opens where something was said last, though another version is newer', () => {
    const tree = treeOf('q1@1', 'q1 > r1@2', 'q1 > r2@3', 'r1 > q2@4', 'q2 > r3@5?');
    expect(path(tree)).toBe('q1 r1 q2 r3');
  });

  it('opens at the first of several replies that were asked for at once, until one is gone on from', () => {
    const reply = (id: string, started: number, end: number, of?: string): OutlineChange[] => [
      {
        kind: 'generation',
        generation: {
          ...{ id, parent: 'q1', branch: 'b', at: 'o', name: 'Demo', model, started },
          origin: of === undefined ? origin : { kind: 'regenerate', of },
        },
      },
      ...(end > 0 ? changesOf(`q1 > ${id}@${started}`) : []),
      ...(end > 0
        ? [{ kind: 'generation-end', id, end: { reason: 'complete', at: end } } as OutlineChange]
        : []),
    ];
    const asked = [...changesOf('q1@1'), ...reply('r1', 2, 9), ...reply('r2', 3, 8, 'r1')];
    const tree = (...more: OutlineChange[]) => foldOutline(emptyTree, [...asked, ...more]);
    expect(path(tree())).toBe('q1 r1');
    expect(path(tree(...reply('r3', 4, 0, 'r1')))).toBe('q1 r1');
    expect(path(tree(...reply('r3', 4, 7, 'r1'), ...changesOf('r2 > q2@20')))).toBe('q1 r2 q2');
    // Asked for once the first was there: a person wanted another.
    expect(path(tree(...reply('r3', 10, 12, 'r1')))).toBe('q1 r3');
    expect(path(tree(), { selected: 'r2' })).toBe('q1 r2');
  });

  it('goes through what is selected, then to the newest below it', () => {
    expect(path(forked, { selected: 'r1' })).toBe('q1 r1 q2');
    expect(path(forked, { selected: 'unknown' })).toBe('q1 r2 q3 r3');
  });

  it('stays where the view has been', () => {
    const previous = seen(forked, 'r1');
    expect(path(forked, { previous })).toBe('q1 r1 q2');
    expect(path(forked, { selected: 'q1', previous })).toBe('q1 r1 q2');
  });

  it('is not moved by a sibling of others, and grows at its end', () => {
    const previous = seen(forked, 'r1');
    const later = treeOf('q1@1', 'q1 > r1@2', 'r1 > q2@4', 'q1 > r9@9', 'q2 > r4@10?');
    expect(path(later, { previous })).toBe('q1 r1 q2 r4');
  });

  it('ends where an own message is on its way', () => {
    const tree = treeOf('q1@1', 'q1 > r1@2', 'r1 > others@3');
    expect(path(tree, { ends: new Set(['r1']) })).toBe('q1 r1');
    expect(path(tree, { ends: new Set([ROOT]) })).toBe('');
  });

  it('comes back to the leaf last seen under a fork', () => {
    const first = withChoices(new Map(), followPath(forked, { selected: 'q2' }));
    const second = withChoices(first, followPath(forked, { selected: 'r2', previous: first }));
    expect(path(forked, { selected: 'r1', previous: second })).toBe('q1 r1 q2');
  });
});

describe('a reply that ended before its first word', () => {
  it('ends the path where nothing else follows', () => {
    const tree = treeOf('q1@1', 'q1 > r1@2!');
    expect(path(tree)).toBe('q1 r1');
    expect(isEmptyEnd(tree, 'r1')).toBe(true);
  });

  it('is shown beside an older version only to the view that watched it', () => {
    const tree = treeOf('q1@1', 'q1 > r1@2', 'q1 > r2@3!');
    expect(path(tree)).toBe('q1 r1');
    expect(
      path(tree, {
        previous: new Map([
          [ROOT, 'q1'],
          ['q1', 'r2'],
        ]),
      }),
    ).toBe('q1 r2');
    expect(path(tree, { selected: 'r2' })).toBe('q1 r2');
  });

  it('gives way to the next attempt', () => {
    const tree = treeOf('q1@1', 'q1 > r2@3!', 'q1 > r3@4?');
    expect(path(tree, { previous: new Map([['q1', 'r2']]) })).toBe('q1 r3');
    expect(path(tree, { selected: 'r2' })).toBe('q1 r3');
  });
});

describe('in any tree', () => {
  const trees = fc
    .array(fc.tuple(fc.nat(30), fc.constantFrom('', '', '?', '!')), { maxLength: 30 })
    .map((entries) => {
      // Nothing hangs under a reply that is under way or said nothing.
      const parents: string[] = ['m0'];
      const lines = entries.map(([of, mark], i) => {
        if (i === 0) return 'm0@0';
        const parent = parents[of % parents.length];
        if (mark === '') parents.push(`m${i}`);
        return `${parent} > m${i}@${i}${mark}`;
      });
      return { lines, tree: treeOf(...lines) };
    });

  it('each entry is a child of the one before, and the last is a leaf', () => {
    fc.assert(
      fc.property(trees, fc.nat(30), ({ tree }, pick) => {
        const found = followPath(tree, { selected: `m${pick}` });
        for (const [i, id] of found.entries()) expect(parentOf(tree, id)).toBe(found[i - 1] ?? null);
        const last = found[found.length - 1];
        if (last !== undefined) expect(childrenOf(tree, last)).toEqual([]);
      }),
    );
  });

  it('what others add never changes what an open view shows, it only adds to its end', () => {
    fc.assert(
      fc.property(trees, fc.nat(30), fc.nat(30), ({ lines }, cut, pick) => {
        const early = treeOf(...lines.slice(0, cut));
        const shown = followPath(early, { selected: `m${pick}` });
        const previous = withChoices(new Map(), shown);
        const later = followPath(treeOf(...lines), { previous });
        const whole = shown.filter((id) => !isEmptyEnd(early, id));
        expect(later.slice(0, whole.length)).toEqual(whole);
      }),
    );
  });

  it('remembering the same path again changes nothing', () => {
    const once = withChoices(new Map(), ['a', 'b']);
    expect(withChoices(once, ['a', 'b'])).toBe(once);
  });
});
