import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COLOURS, emptyTree, foldOutline, type OutlineChange, treeSnapshot } from './index.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const time = fc.nat(5);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const model = { source: 'demo', id: 'demo' };
const end = fc.record({ reason: fc.constantFrom('complete' as const, 'stopped' as const), at: time });
const origin = { kind: 'send' as const };

/** One entry for each kind: a new kind of change has to be made here, and so has to survive a snapshot. */
const made: { readonly [K in OutlineChange['kind']]: fc.Arbitrary<Extract<OutlineChange, { kind: K }>> } = {
  branch: fc.record({
    kind: fc.constant('branch'),
    branch: fc.record({ id, kind: fc.constant('root'), from: fc.constant(null), at: time }),
  }),
  message: fc.record({
    kind: fc.constant('message'),
    message: fc.record({
      id,
      parent: fc.option(id),
      role: fc.constant('user'),
      author: fc.constant({ kind: 'user' as const }),
      preview: id,
      branch: id,
      start: id,
      end: id,
      origin: fc.constant(origin),
      time,
    }),
  }),
  generation: fc
    .record({ id, parent: id, branch: id, at: id, started: time, end: some(end) })
    .map(({ end: ended, ...rest }) => ({
      kind: 'generation',
      generation: { ...rest, model, name: 'Demo', origin, ...(ended && { end: ended }) },
    })),
  'generation-end': fc.record({ kind: fc.constant('generation-end'), id, end }),
  mark: fc
    .record({
      id,
      at: time,
      star: some(fc.boolean()),
      label: some(fc.constantFrom('', 'x')),
      colour: some(fc.constantFrom('none' as const, ...COLOURS)),
      pruned: some(fc.boolean()),
    })
    .map((mark) => ({ kind: 'mark', mark: JSON.parse(JSON.stringify(mark)) })),
  other: fc.record({ kind: fc.constant('other'), item: fc.record({ kind: fc.constant('plan'), of: id }) }),
};

const changes = fc.array(fc.oneof(...Object.values(made)), { maxLength: 30 });

it('folds to the same tree, alone and on top of any part of what it was made of', () => {
  fc.assert(
    fc.property(changes, fc.nat(30), (all, part) => {
      const tree = foldOutline(emptyTree, all);
      const snapshot = treeSnapshot(tree);
      expect(foldOutline(emptyTree, snapshot)).toEqual(tree);
      expect(foldOutline(foldOutline(emptyTree, all.slice(0, part)), snapshot)).toEqual(tree);
      expect(foldOutline(tree, snapshot)).toBe(tree);
    }),
  );
});
