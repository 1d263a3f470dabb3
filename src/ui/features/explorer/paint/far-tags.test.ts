import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyTree, foldOutline, type OutlineChange, turnsOf } from '../../../../tree/index.ts';
import { backCard } from '../scene/forks.ts';
import { boxOf, isOnPath, type Scene, sceneOf } from '../scene/scene.ts';
import { isClear } from './far-labels.ts';
import { farTags, TAG } from './far-tags.ts';
import { markBeside } from './paint-marks.ts';
import { joined, type Tag, tagsOf } from './tags.ts';

const shared = { branch: 'b', start: '0', end: '1', author: { kind: 'user' }, origin: { kind: 'send' } };

/** Turns that each follow one before them, by number; the path leads to the first. */
function sceneFor(
  parents: readonly number[],
  marked: readonly number[] = [],
  live: readonly { readonly id: string; readonly parent: string }[] = [],
): Scene {
  const changes: OutlineChange[] = [];
  parents.forEach((above, n) => {
    const parent = n === 0 ? null : `r${above % n}`;
    const said = { ...shared, preview: `Question ${n}` };
    changes.push({
      kind: 'message',
      message: { ...said, id: `q${n}`, parent, role: 'user', time: 2 * n } as never,
    });
    const reply = { ...said, id: `r${n}`, parent: `q${n}`, role: 'assistant', time: 2 * n + 1 };
    changes.push({ kind: 'message', message: reply as never });
  });
  for (const n of marked) changes.push({ kind: 'mark', mark: { id: `q${n}`, at: 1, label: `Label ${n}` } });
  for (const reply of live)
    changes.push({
      kind: 'generation',
      generation: { ...shared, end: undefined, ...reply, at: '1', started: 9 } as never,
    });
  const turns = turnsOf(foldOutline(emptyTree, changes));
  const path = new Set(['q0', 'r0']);
  return sceneOf({
    turns,
    title: 'The tree',
    path,
    folding: { path, selected: null, stubLimit: 999, pathLimit: 999 },
  });
}

const tagsOn = (indexes: readonly number[]): Tag[] =>
  indexes.map((index) => ({ kind: 'label', index, lead: 'Label', words: { title: 'Words', amount: '' } }));

test('no tag stands over another or under a mark of the reader, and each beside its card or, off the path, on it', () => {
  const trees = fc.array(fc.nat(60), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(trees, fc.double({ min: 0.02, max: 0.34, noNaN: true }), (parents, zoom) => {
      const scene = sceneFor(parents);
      const tags = tagsOn(Array.from({ length: scene.count - 1 }, (_, n) => n + 1));
      const mark = markBeside(scene, 1, zoom, 70);
      const placed = farTags(scene, tags, { zoom, marks: [mark], widthOf: () => 100 });
      expect(placed.length).toBeGreaterThan(0);
      for (const [at, { tag, rect }] of placed.entries()) {
        const others = [mark, ...placed.slice(at + 1).map((other) => other.rect)];
        for (const other of others) {
          const apart =
            rect.right <= other.left ||
            rect.left >= other.right ||
            rect.bottom <= other.top + 0.01 ||
            rect.top >= other.bottom - 0.01;
          expect(apart).toBe(true);
        }
        const box = boxOf(scene, tag.index);
        const [left, right] = [box.left * zoom, box.right * zoom];
        const beside = rect.left >= right || rect.right <= left;
        if (isOnPath(scene, tag.index)) expect(beside).toBe(true);
        else if (beside) {
          expect(Math.min(Math.abs(rect.left - right), Math.abs(left - rect.right))).toBeCloseTo(TAG.gap);
          expect(isClear(scene.blocks, rect, zoom, false)).toBe(true);
        } else expect(Math.abs(rect.left - left) < 0.01 || Math.abs(rect.right - right) < 0.01).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('several that stand close together all have a place', () => {
  const scene = sceneFor([0, 0, 0, 0]);
  const tags = tagsOn([2, 3, 4]);
  expect(farTags(scene, tags, { zoom: 0.05, widthOf: () => 100 })).toHaveLength(3);
});

test('a tag says the label, what the branch begins with, and how much is folded', () => {
  const scene = sceneFor([0, 0, 1, 2, 0], [1, 4]);
  const said = tagsOf(scene).map(({ lead, words }) => [lead, words.title]);
  expect(said).toEqual([
    ['Label 1', 'Question 1'],
    ['Label 4', 'Question 4'],
  ]);
});

test('what is live in a fold says in how much it is', () => {
  const stub = { id: 'q1', kind: 'stub', turns: ['q1'], sum: { turns: 13, branches: 1, live: 1, time: 1 } };
  const amountOf = (card: object): string | undefined => {
    const scene = sceneFor([0, 0], [], [{ id: 'live', parent: 'q1' }]);
    return tagsOf({ ...scene, cards: [scene.cards[0], card] } as never)[0]?.words.amount;
  };
  expect(amountOf(stub)).toBe('in a branch of 13 turns');
  expect(amountOf({ ...stub, sum: { ...stub.sum, branches: 3 } })).toBe('among 13 turns · 3 branches');
  expect(amountOf({ id: 'q1', kind: 'segment', turns: ['q1', 'q2'] })).toBe('among 2 folded turns');
  expect(amountOf({ id: 'q1', kind: 'turn', turns: ['q1'] })).toBe('');
});

test('the card Back leads to is tagged after what is live and before labels, and never as the reader’s own', () => {
  const scene = sceneFor([0, 0, 1, 2, 0], [1, 4]);
  const cardOf = (message: string | undefined, here = 1) => backCard(scene, message, here);
  expect(cardOf(undefined)).toBe(-1);
  expect(cardOf('not in the tree')).toBe(-1);
  expect(cardOf('r0', scene.indexOf.get('q0'))).toBe(-1);
  const back = cardOf('r2');
  expect(back).toBe(scene.indexOf.get('q2'));
  const [first, ...labels] = tagsOf(scene, back);
  expect(first).toEqual({
    kind: 'back',
    index: back,
    lead: 'You were here',
    brief: 'Was here',
    words: { title: 'Question 2', amount: '' },
  });
  expect(labels.map(({ kind }) => kind)).toEqual(['label', 'label']);
  expect(tagsOf(scene).map(({ kind }) => kind)).toEqual(['label', 'label']);
});

test('where the card Back leads to is hidden in a stub, the stub has the tag', () => {
  const long = sceneFor(Array.from({ length: 20 }, (_, n) => (n < 3 ? 0 : n - 1)));
  const path = new Set(['q0', 'r0', 'q1', 'r1']);
  const folded = sceneOf({ ...long, path, folding: { path, selected: null, stubLimit: 0 } });
  const back = backCard(folded, 'r15', 1);
  expect(folded.cards[back - 1]).toMatchObject({ id: 'q2', kind: 'stub' });
  expect(tagsOf(folded, back)).toMatchObject([{ kind: 'back', index: back, lead: 'You were here' }]);
});

test('a label and the way back on one card are one tag from afar', () => {
  const scene = sceneFor([0, 0, 0], [2]);
  const back = scene.indexOf.get('q2') as number;
  expect(joined(tagsOf(scene, back)).map(({ kind, lead }) => [kind, lead])).toEqual([
    ['label', 'You were here · Label 2'],
  ]);
  const other = scene.indexOf.get('q1') as number;
  expect(joined(tagsOf(scene, other)).map(({ lead }) => lead)).toEqual(['You were here', 'Label 2']);
});
