import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  COLOURS,
  childrenOf,
  emptyTree,
  foldOutline,
  followPath,
  hasForks,
  hiddenBeside,
  hiddenUnder,
  latestOf,
  type MarkPatch,
  type MessageHeader,
  markOf,
  type OutlineChange,
  patchesOf,
  prunedIn,
  shownTree,
  subtreeOf,
  turnsOf,
  versionsOf,
  withPruned,
} from './index.ts';

const patch: fc.Arbitrary<MarkPatch> = fc
  .record(
    {
      id: fc.constantFrom('a', 'b'),
      at: fc.nat(4),
      star: fc.boolean(),
      label: fc.constantFrom('', 'Budget', 'Trip'),
      colour: fc.constantFrom(...COLOURS, 'none' as const),
      pruned: fc.boolean(),
      kept: fc.boolean(),
    },
    { requiredKeys: ['id', 'at'] },
  )
  .map((value) => value as MarkPatch);

const fold = (patches: readonly MarkPatch[]) =>
  foldOutline(
    emptyTree,
    patches.map((mark) => ({ kind: 'mark', mark })),
  );

it('folds marks to the same in any order and with repeats; a repeat changes nothing', () => {
  const mixed = fc.array(patch, { maxLength: 10 }).chain((patches) =>
    fc.record({
      patches: fc.constant(patches),
      order: fc.shuffledSubarray(patches, { minLength: patches.length }),
      again: fc.shuffledSubarray(patches),
    }),
  );
  fc.assert(
    fc.property(mixed, ({ patches, order, again }) => {
      const tree = fold(patches);
      expect(fold([...order, ...again])).toEqual(tree);
      expect(
        foldOutline(
          tree,
          again.map((mark) => ({ kind: 'mark', mark })),
        ),
      ).toBe(tree);
    }),
  );
});

it('writes an entry as patches that fold to it again', () => {
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 10 }), (patches) => {
      const { marks } = fold(patches);
      const again = [...marks].flatMap(([id, entry]) => patchesOf(id, entry));
      expect(fold(again).marks).toEqual(marks);
    }),
  );
});

it('takes each field from the latest patch that has it', () => {
  const tree = fold([
    { id: 'a', at: 2, star: true, label: 'Trip', colour: 'red' },
    { id: 'a', at: 1, star: false, pruned: true },
    { id: 'a', at: 3, label: '', colour: 'none' },
  ]);
  expect(markOf(tree, 'a')).toEqual({ star: true, label: '', colour: undefined, pruned: true, kept: false });
  expect(markOf(tree, 'b')).toEqual({
    star: false,
    label: '',
    colour: undefined,
    pruned: false,
    kept: false,
  });
});

/** a ─┬ b ─┬ d ─ f, a ─ c, b ─ e; the letter gives the time. */
const edges: [string, string | null][] = [
  ['a', null],
  ['b', 'a'],
  ['c', 'a'],
  ['d', 'b'],
  ['e', 'b'],
  ['f', 'd'],
];
const header = (id: string, parent: string | null, time: number): MessageHeader => ({
  ...{ id, parent, role: 'user', author: { kind: 'user' }, preview: id, branch: 'b' },
  ...{ start: `${id}<`, end: `${id}>`, origin: { kind: 'send' }, time },
});
const grown = edges.map(
  ([id, parent], time): OutlineChange => ({ kind: 'message', message: header(id, parent, time) }),
);
const pruned = (...ids: string[]) =>
  foldOutline(emptyTree, [
    ...grown,
    ...ids.map((id, at): OutlineChange => ({ kind: 'mark', mark: { id, at, pruned: true } })),
  ]);

it('is the tree itself where nothing is pruned', () => {
  const tree = pruned();
  expect(shownTree(tree)).toBe(tree);
});

it('leaves pruned subtrees out of children, versions, paths, turns and what came last', () => {
  const tree = shownTree(pruned('d'));
  expect(childrenOf(tree, 'b')).toEqual(['e']);
  expect(versionsOf(tree, 'e')).toEqual(['e']);
  expect(latestOf(tree)).toBe('e');
  expect(followPath(tree, { previous: new Map([['b', 'd']]) })).toEqual(['a', 'b', 'e']);
  expect([...turnsOf(tree).byId.keys()].sort()).toEqual(['a', 'b', 'c', 'e']);
  expect(hasForks(shownTree(pruned('b')))).toBe(false);
  expect(tree.messages.has('f')).toBe(true);
});

it('counts what is hidden apart', () => {
  const tree = shownTree(pruned('d', 'b'));
  expect(hiddenUnder(tree, 'a')).toEqual(['b']);
  expect(hiddenBeside(tree, 'c')).toBe(1);
  expect(prunedIn(tree)).toEqual(['b', 'd']);
  expect(subtreeOf(tree, 'b')).toEqual(['b', 'd', 'e', 'f']);
  expect(hiddenBeside(pruned('d'), 'e')).toBe(0);
});

it('does not hide what is kept, and hides what is pruned inside it', () => {
  const whole = pruned('d', 'b');
  expect(shownTree(whole, new Set(['a', 'b', 'd', 'f']))).toBe(whole);
  const tree = shownTree(whole, new Set(['a', 'b', 'e']));
  expect(childrenOf(tree, 'a')).toEqual(['b', 'c']);
  expect(childrenOf(tree, 'b')).toEqual(['e']);
});

it('shows again what was hidden with the heads that are named, for looking at', () => {
  const shown = shownTree(pruned('c', 'd', 'e'));
  const drawn = withPruned(shown, ['d']);
  expect([childrenOf(drawn, 'a'), childrenOf(drawn, 'b'), childrenOf(drawn, 'd')]).toEqual([
    ['b'],
    ['d'],
    ['f'],
  ]);
  expect(withPruned(shown, [])).toBe(shown);
  expect(withPruned(shown, ['b'])).toBe(shown);
  const kept = shownTree(pruned('c', 'd', 'e'), new Set(['c']));
  expect(childrenOf(withPruned(kept, ['d']), 'a')).toEqual(['b', 'c']);
});

it('hides the whole conversation when its only beginning is pruned', () => {
  const tree = shownTree(pruned('a'));
  expect(childrenOf(tree, null)).toEqual([]);
  expect(followPath(tree, {})).toEqual([]);
});
