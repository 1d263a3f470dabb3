import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  bornAt,
  emptyTree,
  type FoldState,
  foldOutline,
  latestOf,
  type MessageHeader,
  type OutlineChange,
  pathTo,
  shownTree,
  type Tree,
  turnsOf,
  withPruned,
} from '../../../../tree/index.ts';
import { FADED, type Scene, sceneOf } from './scene.ts';

/** So many that the maps of a tree are shared between its states. */
const MANY = 620;

const message = (n: number, parent: number | null, more: Partial<MessageHeader> = {}): OutlineChange => ({
  kind: 'message',
  message: {
    id: `m${n}`,
    parent: parent === null ? null : `m${parent}`,
    role: n % 2 === 0 ? 'user' : 'assistant',
    author: { kind: 'user' },
    preview: `Message ${n}`,
    branch: 'b',
    start: '0',
    end: '1',
    origin: { kind: 'send' },
    time: n,
    ...more,
  },
});

/** A long line with a branch of a turn at every tenth. */
const tree: Tree = foldOutline(
  emptyTree,
  Array.from({ length: MANY }, (_, n) => {
    if (n === 0) return message(n, null);
    if (n % 2 === 1) return message(n, n - 1);
    return message(n, n % 20 === 18 ? n - 7 : n % 20 === 0 ? n - 3 : n - 1);
  }),
);

/** One thing that happens after another: each is about the message its number picks, or about the reply that was begun last. */
const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom('asked', 'begun', 'landed', 'failed', 'wordless', 'pruned', 'labelled', 'moved'),
    pick: fc.nat(),
  }),
  { maxLength: 14 },
);

type Happening = { readonly kind: string; readonly pick: number };

/** Trees as a page sees them, one after another. */
function* lives(given: readonly Happening[]): Generator<{ tree: Tree; selected: string }> {
  let at = tree;
  let next = MANY;
  let writing: { id: number; parent: number } | undefined;
  const say = (...changes: OutlineChange[]) => {
    at = foldOutline(at, changes);
  };
  for (const { kind, pick } of given) {
    const of = pick % next;
    if (kind === 'asked') {
      next += next % 2;
      say(message(next, of - (of % 2 === 0 && of > 0 ? 1 : 0)));
      next += 1;
    } else if (kind === 'begun') {
      next += 1 - (next % 2);
      writing = { id: next, parent: of - (of % 2) };
      const generation = {
        id: `m${next}`,
        parent: `m${writing.parent}`,
        started: next,
        branch: 'b',
        origin: { kind: 'send' },
      };
      say({ kind: 'generation', generation } as OutlineChange);
      next += 1;
    } else if (writing && (kind === 'landed' || kind === 'failed' || kind === 'wordless')) {
      const end = { reason: kind === 'landed' ? 'complete' : 'failed', at: next } as const;
      if (kind !== 'wordless') say(message(writing.id, writing.parent, { finish: end } as never));
      say({ kind: 'generation-end', id: `m${writing.id}`, end } as OutlineChange);
      writing = undefined;
    } else if (kind === 'pruned' || kind === 'labelled') {
      const patch = kind === 'pruned' ? { pruned: pick % 2 === 0 } : { label: `L${pick}`, colour: 'blue' };
      say({ kind: 'mark', mark: { id: `m${of}`, at: next, by: 'me', ...patch } } as unknown as OutlineChange);
    }
    const shown = shownTree(at);
    yield { tree: shown, selected: kind === 'moved' ? `m${of}` : (latestOf(shown) ?? 'm0') };
  }
}

const sorted = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const said = ({ turns, cards, blocks, grid, lines, indexOf, folding, path, ...rest }: Scene) => ({
  ...rest,
  cards,
  indexOf: sorted(indexOf),
  turns: { byId: sorted(turns.byId), turnOf: sorted(turns.turnOf), roots: turns.roots },
  blocks: { ...blocks, grid: undefined },
  drawn: [...lines.query({ left: 0, top: 0, right: 5_000, bottom: 5_000 })].sort((a, b) => a - b),
  near: [...grid.query({ left: 0, top: 0, right: 5_000, bottom: 5_000 })].sort((a, b) => a - b),
});

it.each([
  { all: true, stubLimit: 9_000 },
  { all: false, stubLimit: 9_000 },
  { all: false, stubLimit: 100 },
])('made of the scene before it is as one made anew, %o', (fold) => {
  fc.assert(
    fc.property(happenings, (given) => {
      let turns = turnsOf(tree);
      let scene: Scene | undefined;
      let folding: FoldState | undefined;
      for (const { tree: now, selected } of lives(given)) {
        turns = turnsOf(now, turns);
        const fresh = turnsOf(now);
        const path = new Set(pathTo(now, selected));
        const onPath = new Set([...path].map((id) => fresh.turnOf.get(id) as string));
        if (!folding || [...onPath].join() !== [...folding.path].join()) {
          folding = { path: onPath, selected: null, ...fold };
        }
        scene = sceneOf({ turns, title: 'Tree', path, folding, looked: MANY }, scene);
        const anew = sceneOf({ turns: fresh, title: 'Tree', path, folding, looked: MANY });
        const [is, wanted] = [said(scene), said(anew)];
        // A look at each of thousands of values takes seconds: only where they differ.
        if (JSON.stringify(is) !== JSON.stringify(wanted)) expect(is).toEqual(wanted);
      }
    }),
    { numRuns: 20 },
  );
});

it('keeps where cards are while the same ones are shown', () => {
  const turns = turnsOf(tree);
  const folding = { path: new Set<string>(), selected: null, all: true };
  const scene = sceneOf({ turns, title: 'Tree', path: new Set(), folding });
  const begun = foldOutline(tree, [
    {
      kind: 'generation',
      generation: { id: 'm9001', parent: 'm8', started: 9_001, branch: 'b', origin: { kind: 'send' } },
    },
  ] as OutlineChange[]);
  const next = sceneOf({ turns: turnsOf(begun, turns), title: 'Tree', path: new Set(), folding }, scene);
  expect(next.boxes).toBe(scene.boxes);
  expect(next.lines).toBe(scene.lines);
  expect(next.cards.filter((card, at) => card !== scene.cards[at])).toHaveLength(1);
});

it('counts what is written in a stub anew, at its first turn too', () => {
  const turns = turnsOf(tree);
  const folding = { path: new Set<string>(), selected: null, stubLimit: 100, all: false };
  const input = { title: 'Tree', path: new Set<string>(), folding };
  const scene = sceneOf({ ...input, turns });
  const stub = scene.cards.find(({ sum }) => sum);
  const generation = {
    id: 'm9001',
    parent: stub?.id as string,
    started: 9_001,
    branch: 'b',
    origin: { kind: 'send' },
  };
  const begun = foldOutline(tree, [{ kind: 'generation', generation } as OutlineChange]);
  const next = sceneOf({ ...input, turns: turnsOf(begun, turns) }, scene);
  expect(next.cards.find(({ id }) => id === stub?.id)?.sum).toMatchObject({ live: 1 });
});

it('fades what is shown although it was hidden, down to its last card, but not what is read', () => {
  const rewound = foldOutline(tree, [{ kind: 'mark', mark: { id: 'm10', at: 1, pruned: true } }]);
  const drawn = withPruned(shownTree(rewound), ['m10']);
  const flagsAt = (path: readonly string[]) => {
    const folding = { path: new Set<string>(), selected: null, all: true };
    const scene = sceneOf({ turns: turnsOf(drawn), title: 'Tree', path: new Set(path), folding });
    return (id: string) => ((scene.flags[scene.indexOf.get(id) as number] as number) & FADED) !== 0;
  };
  const isFaded = flagsAt(['m0', 'm1']);
  expect(['m8', 'm10', 'm12', 'm600'].map(isFaded)).toEqual([false, true, true, true]);
  expect(['m10', 'm12'].map(flagsAt(['m10', 'm12']))).toEqual([false, false]);
});

it('draws a line anew whose reply has another place on its card', () => {
  const turns = turnsOf(tree);
  const input = { title: 'Tree', path: new Set<string>() };
  const folding = { path: new Set<string>(), selected: null, all: true };
  const scene = sceneOf({ ...input, turns, folding });
  // Said by another clock: it is the first of two now.
  const earlier = foldOutline(tree, [message(9_001, 8, { time: 8.5 })]);
  const next = sceneOf({ ...input, turns: turnsOf(earlier, turns), folding }, scene);
  const below = next.indexOf.get('m10') as number;
  expect(next.boxes).toBe(scene.boxes);
  expect(next.exit[below]).toBeGreaterThan(scene.exit[below] as number);
  expect(next.lines).not.toBe(scene.lines);
});

it('knows what came last once a reply that was begun last ended without a word', () => {
  const generation = { id: 'm9001', parent: 'm8', started: 9_001, branch: 'b', origin: { kind: 'send' } };
  const begun = foldOutline(emptyTree, [
    ...[...tree.messages.values()].map((header) => ({ kind: 'message', message: header }) as const),
    { kind: 'generation', generation } as OutlineChange,
  ]);
  expect(latestOf(begun)).toBe('m9001');
  const end = { reason: 'failed', at: 9_002 } as const;
  expect(latestOf(foldOutline(begun, [{ kind: 'generation-end', id: 'm9001', end } as OutlineChange]))).toBe(
    `m${MANY - 1}`,
  );
});

it('knows what came last, in whatever state it is asked', () => {
  fc.assert(
    fc.property(happenings, (given) => {
      for (const { tree: now } of lives(given)) {
        const ids = [...now.children.values()].flat();
        const [last = null] = ids.sort((a, b) => bornAt(now, b) - bornAt(now, a) || (a < b ? 1 : -1));
        expect(latestOf(now)).toBe(last);
      }
    }),
    { numRuns: 60 },
  );
});
