import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  emptyTree,
  foldOutline,
  followPath,
  hiddenBeside,
  isPassed,
  type MessageHeader,
  type OutlineChange,
  pathEndReader,
  pathTo,
  shownTree,
  type Tree,
  unanswered,
  versionsOf,
} from './index.ts';

/** Any conversation: what stands under an earlier message, hidden or not, replies that ended without a word among it. */
const outlines = fc.array(
  fc.record({
    under: fc.integer({ min: -1, max: 30 }),
    kind: fc.constantFrom('user', 'assistant', 'system', 'summary', 'aside', 'wordless', 'live'),
    hidden: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);
type Picks = ReturnType<typeof fc.sample<Parameters<typeof built>[0]>>[number];

function built(
  picks: readonly { readonly under: number; readonly kind: string; readonly hidden: boolean }[],
): Tree {
  const changes = picks.flatMap(({ under, kind, hidden }, index): OutlineChange[] => {
    const parent = under < 0 || under >= index ? (index === 0 ? null : `m${index - 1}`) : `m${under}`;
    const id = `m${index}`;
    if (kind === 'wordless' || kind === 'live')
      return [generationOf(id, parent ?? 'nobody', index, kind === 'wordless')];
    const hide = { kind: 'mark' as const, mark: { id, at: 1, pruned: hidden } };
    return [{ kind: 'message', message: headerOf(id, parent, index, kind) }, ...(hidden ? [hide] : [])];
  });
  return foldOutline(emptyTree, changes);
}

function headerOf(id: string, parent: string | null, time: number, kind: string): MessageHeader {
  const role = kind === 'user' || kind === 'system' ? kind : kind === 'aside' ? 'user' : 'assistant';
  const origin = { kind: kind === 'summary' || kind === 'aside' ? kind : 'send' } as const;
  return {
    ...{ id, parent, role, origin, time, author: { kind: 'user' }, preview: id, branch: 'b' },
    ...{ start: `${id}<`, end: `${id}>` },
  };
}

function generationOf(id: string, parent: string, started: number, isOver: boolean): OutlineChange {
  const place = { id, parent, branch: 'b', at: `${parent}>`, model: { source: 'demo', id: 'demo' } };
  const end = isOver ? { end: { reason: 'stopped' as const, at: started } } : {};
  return {
    kind: 'generation',
    generation: { ...place, name: 'Demo', origin: { kind: 'send' }, started, ...end },
  };
}

/** The tree of the end of a path from an index on. */
function endFrom(tree: Tree, path: readonly string[], from: number): Tree {
  const { beside, under } = pathEndReader(tree);
  const changes = path.slice(from).flatMap((id) => beside(id));
  return foldOutline(emptyTree, [...changes, ...under(path.at(-1) as string)]);
}

it('says of the end of a path what the whole tree says of it', () => {
  fc.assert(
    fc.property(outlines, fc.nat(), (picks: Picks, cut) => {
      const tree = built(picks);
      const path = followPath(shownTree(tree), {});
      fc.pre(path.length > 0);
      let from = cut % path.length;
      while (from > 0 && isPassed(tree, path[from - 1] as string)) from -= 1;
      const end = endFrom(tree, path, from);
      const [shown, known] = [shownTree(tree), shownTree(end)];
      const leaf = path.at(-1) as string;
      expect(followPath(known, { selected: leaf })).toEqual(path.slice(from));
      expect(pathTo(end, leaf)).toEqual(path.slice(from));
      for (const id of path.slice(from)) {
        expect(versionsOf(known, id)).toEqual(versionsOf(shown, id));
        expect(hiddenBeside(known, id)).toBe(hiddenBeside(shown, id));
        expect(end.asides.get(id)).toEqual(tree.asides.get(id));
        if (id !== leaf) expect(unanswered(end).get(id)).toEqual(unanswered(tree).get(id));
      }
    }),
  );
});

it('is part of the tree: folded into it, it says nothing new', () => {
  fc.assert(
    fc.property(outlines, (picks: Picks) => {
      const tree = built(picks);
      const path = followPath(tree, {});
      fc.pre(path.length > 0);
      const { beside } = pathEndReader(tree);
      expect(
        foldOutline(
          tree,
          path.flatMap((id) => beside(id)),
        ),
      ).toBe(tree);
    }),
  );
});
