import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTree, foldOutline, type Generation, type MessageHeader, ROOT } from '../../tree/index.ts';
import type { ViewItem } from './items.ts';
import { openingChoices, viewedChoices } from './views.ts';

const header = (id: string, parent: string | null): MessageHeader => ({
  ...{ id, parent, role: 'user', author: { kind: 'user' }, preview: id, branch: 'b' },
  ...{ start: `${id}<`, end: `${id}>`, origin: { kind: 'send' }, time: 1 },
});

/** a ─┬ b ─┬ d, a ─ c, b ─ e; f beside a. */
const edges: [string, string | null][] = [
  ['a', null],
  ['f', null],
  ['b', 'a'],
  ['c', 'a'],
  ['d', 'b'],
  ['e', 'b'],
];
const tree = foldOutline(
  emptyTree,
  edges.map(([id, parent]) => ({ kind: 'message', message: header(id, parent) })),
);
const item = (time: number, at: string | null, leaf: string): ViewItem => ({
  ...{ v: 1, kind: 'view', at, leaf, time },
});
const chosen = (...items: ViewItem[]) => Object.fromEntries(viewedChoices(tree, items));

describe('what was viewed last', () => {
  it('is the way from each fork down to the leaf', () => {
    expect(chosen(item(1, null, 'd'))).toEqual({ [ROOT]: 'a', a: 'b', b: 'd' });
    expect(chosen(item(1, 'b', 'e'), item(2, 'a', 'c'))).toEqual({ [ROOT]: 'a', a: 'c', b: 'e' });
  });

  it('keeps what was viewed under a version when another is viewed', () => {
    expect(chosen(item(1, null, 'd'), item(2, 'a', 'c'))).toEqual({ [ROOT]: 'a', a: 'c', b: 'd' });
    expect(chosen(item(1, null, 'd'), item(2, 'a', 'c'), item(3, 'a', 'e'))).toMatchObject({
      a: 'b',
      b: 'e',
    });
  });

  it('is what was on the screen last, although another tab looked elsewhere higher up in between', () => {
    expect(chosen(item(1, null, 'd'), item(2, null, 'f'), item(3, 'b', 'e'))).toEqual({
      [ROOT]: 'a',
      a: 'b',
      b: 'e',
    });
  });

  it('is not moved by an aside that was looked into and then kept as a branch', () => {
    const aside = { ...header('x', 'a'), origin: { kind: 'aside' } } as const;
    const asked = foldOutline(tree, [{ kind: 'message', message: aside }]);
    const kept = foldOutline(asked, [{ kind: 'mark', mark: { id: 'x', at: 5, kept: true } }]);
    const on = (all: typeof tree, ...items: ViewItem[]) => Object.fromEntries(viewedChoices(all, items));
    const before = [item(1, null, 'd'), item(4, 'x', 'x')];
    expect(on(asked, ...before)).toMatchObject({ a: 'b', b: 'd' });
    expect(on(kept, ...before)).toMatchObject({ a: 'b', b: 'd' });
    expect(on(kept, ...before, item(6, 'a', 'x'))).toMatchObject({ a: 'x' });
  });

  it('skips what the tree does not know, or is not under the fork', () => {
    expect(chosen(item(1, null, 'z'), item(2, 'c', 'd'), item(3, 'z', 'd'))).toEqual({});
  });

  it('is the same in any order and with repeats', () => {
    const items = [item(1, null, 'd'), item(2, 'a', 'c'), item(2, 'a', 'e'), item(3, null, 'f')];
    const once = chosen(...items);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: 4 }), fc.shuffledSubarray(items), (all, some) => {
        expect(chosen(...some, ...all)).toEqual(once);
      }),
    );
  });
});

describe('where a view opens that is not stored yet', () => {
  const asked = (id: string, started: number, of?: string): Generation => ({
    ...{ id, parent: 'a', branch: id, at: 'a>', model: { source: 's', id: 'm' }, name: 'M', started },
    origin: of ? { kind: 'regenerate', of } : { kind: 'send' },
  });
  const three = [asked('b', 2), asked('c', 3, 'b'), asked('d', 4, 'b')];
  const writing = foldOutline(foldOutline(emptyTree, [{ kind: 'message', message: header('a', null) }]), [
    ...three.map((generation) => ({ kind: 'generation' as const, generation })),
  ]);

  it('is the first of replies that were asked for at once, whichever is still being written', () => {
    expect(openingChoices(writing, []).get('a')).toBe('b');
    const first: MessageHeader = { ...header('b', 'a'), role: 'assistant', time: 2 };
    const written = foldOutline(writing, [
      { kind: 'message', message: first },
      { kind: 'generation-end', id: 'b', end: { reason: 'complete', at: 9 } },
    ]);
    expect(openingChoices(written, []).get('a')).toBe('b');
    const later = foldOutline(written, [{ kind: 'generation', generation: asked('e', 20, 'b') }]);
    expect(openingChoices(later, []).get('a')).toBe('e');
  });
});
