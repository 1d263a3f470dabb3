import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  asidesUnder,
  COUNTING,
  countingIn,
  emptyTree,
  foldOutline,
  followPath,
  hasPosition,
  hiddenBeside,
  inAsides,
  latestOf,
  type MarkPatch,
  type MessageHeader,
  pathTo,
  type Standing,
  shownTree,
  standingIn,
  standingOf,
  turnsOf,
  versionsOf,
} from './index.ts';

type Given = Partial<Pick<MessageHeader, 'role' | 'origin'>>;

const said = (id: string, parent: string | null, time: number, given: Given = {}): MessageHeader => ({
  ...{ id, parent, role: 'user', author: { kind: 'user' }, preview: id, branch: 'b' },
  ...{ start: `${id}<`, end: `${id}>`, origin: { kind: 'send' }, time, ...given },
});
const reply = (id: string, parent: string, time: number) => said(id, parent, time, { role: 'assistant' });
const aside: Given = { origin: { kind: 'aside' } };
const summary: Given = { role: 'assistant', origin: { kind: 'summary' } };

const treeOf = (messages: readonly MessageHeader[], marks: readonly MarkPatch[] = []) =>
  foldOutline(emptyTree, [
    ...messages.map((message) => ({ kind: 'message' as const, message })),
    ...marks.map((mark) => ({ kind: 'mark' as const, mark })),
  ]);

test.each([
  ['said', said('a', null, 1)],
  ['said', said('a', null, 1, { origin: { kind: 'fork' } })],
  ['version', said('a', null, 1, { origin: { kind: 'edit', of: 'b' } })],
  ['system', said('a', null, 1, { role: 'system' })],
  ['system', said('a', null, 1, { role: 'system', origin: { kind: 'copy', of: 'b' } })],
  ['aside', said('a', null, 1, aside)],
  ['summary', said('a', null, 1, summary)],
  ['copied', said('a', null, 1, { origin: { kind: 'copy', of: 'b' } })],
  ['unknown', said('a', null, 1, { origin: { kind: 'dreamt' } as never })],
  // A word that objects inherit.
  ['unknown', said('a', null, 1, { origin: { kind: 'constructor' } as never })],
  ['unknown', said('a', null, 1, { role: 'critic' as never })],
])('stands as %s', (standing, message) => {
  expect(standingOf(message)).toBe(standing);
});

it('has an answer to every question for every standing, and what is not known counts as said', () => {
  for (const counting of Object.values(COUNTING))
    expect(Object.keys(counting).sort()).toEqual(Object.keys(COUNTING.said).sort());
  expect(COUNTING.unknown).toEqual(COUNTING.said);
});

describe('an aside', () => {
  const line = [said('a', null, 1), reply('ra', 'a', 2), said('b', 'ra', 3)];
  const apart = [said('x', 'ra', 4, aside), reply('rx', 'x', 5), said('y', 'rx', 6), said('z', 'rx', 7)];
  const tree = treeOf([...line, ...apart]);

  it('is not where a path goes by itself, in n/m, a turn, or what was said last', () => {
    expect(followPath(tree, {})).toEqual(['a', 'ra', 'b']);
    expect(versionsOf(tree, 'b')).toEqual(['b']);
    expect([...turnsOf(tree).turnOf.keys()].sort()).toEqual(['a', 'b', 'ra']);
    expect(latestOf(tree)).toBe('b');
  });

  it('is reached by who goes there, all of it is one, and counts apart', () => {
    expect(followPath(tree, { selected: 'z' })).toEqual(['a', 'ra', 'x', 'rx', 'z']);
    expect([...inAsides(tree)]).toEqual(['x', 'rx', 'y', 'z']);
    for (const id of ['x', 'rx', 'y']) expect(countingIn(tree, id)).toBe(COUNTING.aside);
    expect(countingIn(tree, 'b')).toBe(COUNTING.said);
  });

  it('is looked for among the others once, until one of them is dropped or restored', () => {
    const two = treeOf([...line, ...apart, said('x2', 'ra', 8, aside)]);
    const all = asidesUnder(two, 'ra');
    expect(all).toEqual(['x', 'x2']);
    const marked = (before: typeof two, at: number, patch: object) =>
      foldOutline(before, [{ kind: 'mark', mark: { id: 'x', at, ...patch } }]);
    const starred = marked(two, 1, { star: true });
    expect(asidesUnder(starred, 'ra')).toBe(all);
    const dropped = marked(starred, 2, { pruned: true });
    expect(asidesUnder(dropped, 'ra')).toEqual(['x2']);
    expect(marked(dropped, 2, { pruned: true })).toBe(dropped);
    expect(asidesUnder(marked(dropped, 3, { pruned: false }), 'ra')).toEqual(['x', 'x2']);
    expect(asidesUnder(starred, 'ra')).toBe(all);
    // Whatever came first.
    const early = foldOutline(marked(emptyTree, 2, { pruned: true }), [
      ...[...line, ...apart].map((message) => ({ kind: 'message' as const, message })),
    ]);
    expect(asidesUnder(early, 'ra')).toEqual([]);
  });

  it('is a branch like any other once it is kept, and an aside again when that is undone', () => {
    const kept = treeOf([...line, ...apart], [{ id: 'x', at: 1, kept: true }]);
    expect(versionsOf(kept, 'b')).toEqual(['b', 'x']);
    expect(latestOf(kept)).toBe('z');
    expect(inAsides(kept).size).toBe(0);
    const back = foldOutline(kept, [{ kind: 'mark', mark: { id: 'x', at: 2, kept: false } }]);
    expect(versionsOf(back, 'b')).toEqual(['b']);
    expect(back.asides).toEqual(tree.asides);
    expect(back.children).toEqual(tree.children);
  });
});

it('a summary has neither card nor position, and does not part the versions under it', () => {
  const tree = treeOf([said('a', null, 1), said('s', 'a', 2, summary), said('b', 's', 3), said('c', 'a', 4)]);
  expect(versionsOf(tree, 'b')).toEqual(['b', 'c']);
  expect(versionsOf(tree, 's')).toEqual([]);
  expect(followPath(tree, { selected: 'b' })).toEqual(['a', 's', 'b']);
  expect(hasPosition(said('s', 'a', 2, summary))).toBe(false);
  expect([...turnsOf(tree).byId.keys()].sort()).toEqual(['a', 'b', 'c']);
});

it('what is pruned stays what it is for whoever reads it', () => {
  const whole = treeOf([said('a', null, 1), said('b', null, 2)], [{ id: 'b', at: 1, pruned: true }]);
  expect(standingIn(whole, 'b')).toBe('pruned');
  expect(followPath(shownTree(whole), {})).toEqual(['a']);
  expect(countingIn(whole, 'b')).toBe(COUNTING.said);
});

/** How a message comes to stand so, between `b` beside it and `y` under it. */
const KINDS: readonly (readonly [Standing, Given, MarkPatch[]])[] = [
  ['said', {}, []],
  ['version', { origin: { kind: 'edit', of: 'b' } }, []],
  ['copied', { origin: { kind: 'copy', of: 'b' } }, []],
  ['unknown', { origin: { kind: 'dreamt' } as never }, []],
  ['system', { role: 'system' }, []],
  ['summary', summary, []],
  ['aside', aside, []],
  ['pruned', {}, [{ id: 'x', at: 1, pruned: true }]],
];

describe('n/m by the table', () => {
  it('has every standing', () => {
    expect(KINDS.map(([standing]) => standing).sort()).toEqual(Object.keys(COUNTING).sort());
  });

  test.each(KINDS)('%s', (standing, given, marks) => {
    const line = [said('a', null, 1), said('b', 'a', 2), said('x', 'a', 3, given), said('y', 'x', 4)];
    const whole = treeOf(line, marks);
    const tree = shownTree(whole);
    expect(standingIn(whole, 'x')).toBe(standing);
    const { counted, path } = COUNTING[standing];
    const wanted = {
      yes: { beside: ['b', 'x'], own: ['b', 'x'], under: ['y'] },
      past: { beside: ['b', 'y'], own: [], under: ['b', 'y'] },
      apart: { beside: ['b'], own: [], under: [] },
      no: { beside: ['b'], own: [], under: ['y'] },
    }[counted];
    expect(versionsOf(tree, 'b')).toEqual(wanted.beside);
    if (counted === 'apart') expect(hiddenBeside(tree, 'b')).toBe(1);
    else expect(versionsOf(tree, 'x')).toEqual(wanted.own);
    if (counted !== 'apart') expect(versionsOf(tree, 'y')).toEqual(wanted.under);
    // The newest beside others is where a path goes that nobody chose.
    expect(followPath(tree, {})).toEqual(path === 'yes' ? ['a', 'x', 'y'] : ['a', 'b']);
    expect(turnsOf(tree).turnOf.has('x')).toBe(counted === 'yes');
    expect(hasPosition(said('x', 'a', 3, given))).toBe(counted !== 'past');
  });

  it('counts, whatever stands above and between, what the nearest counted message above leads to', () => {
    const node = fc.record({ kind: fc.nat(KINDS.length - 1), parent: fc.nat(1_000) });
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 14 }), (nodes) => {
        const messages = nodes.map(({ kind, parent }, at) => {
          const under = parent % (at + 1);
          return said(`m${at}`, under === at ? null : `m${under}`, at, KINDS[kind]?.[1] ?? {});
        });
        const marks = nodes.flatMap(({ kind }, at): MarkPatch[] =>
          KINDS[kind]?.[0] === 'pruned' ? [{ id: `m${at}`, at: 1, pruned: true }] : [],
        );
        const kinds = new Map(nodes.map(({ kind }, at) => [`m${at}`, KINDS[kind]?.[0] as Standing]));
        const countedAs = (id: string) => COUNTING[kinds.get(id) as Standing].counted;
        const under = (id: string | null): string[] =>
          messages
            .filter(({ parent }) => parent === id)
            .flatMap(({ id: child }) => {
              if (countedAs(child) === 'past') return under(child);
              return countedAs(child) === 'yes' ? [child] : [];
            });
        const above = (id: string): string | null => {
          const parent = messages.find((message) => message.id === id)?.parent ?? null;
          return parent !== null && countedAs(parent) === 'past' ? above(parent) : parent;
        };
        const tree = shownTree(treeOf(messages, marks));
        for (const { id } of messages) {
          if (!tree.messages.has(id) || countedAs(id) !== 'yes') continue;
          const isShown = pathTo(tree, id).every((one) => countedAs(one) !== 'apart');
          if (!isShown) continue;
          const wanted = under(above(id)).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
          expect(versionsOf(tree, id)).toEqual(wanted);
        }
      }),
    );
  });
});
