import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Card,
  emptyTree,
  type FoldState,
  foldOutline,
  foldTurns,
  type Generation,
  lanesOf,
  type MessageHeader,
  pathTo,
  shownTree,
  sumOf,
  type Turn,
  type Turns,
  turnsBySteps,
  turnsOf,
} from './index.ts';

/** A tree of `user` and `assistant` messages: each hangs under the message its number picks, or is a first message. */
function treeOf(parents: readonly number[]) {
  const headers: MessageHeader[] = [];
  for (const [index, pick] of parents.entries()) {
    const parent =
      headers.length === 0 || pick < 0 ? null : (headers[pick % headers.length] as MessageHeader);
    headers.push(header(index, parent));
  }
  return {
    headers,
    tree: foldOutline(
      emptyTree,
      headers.map((message) => ({ kind: 'message', message })),
    ),
  };
}

function header(index: number, parent: MessageHeader | null): MessageHeader {
  const role = parent?.role === 'user' && index % 5 !== 0 ? 'assistant' : 'user';
  return {
    id: `message-${index}`,
    parent: parent?.id ?? null,
    role,
    author: { kind: 'user' },
    preview: '',
    branch: 'branch-0',
    start: '0',
    end: '1',
    origin: { kind: 'send' },
    time: index,
  };
}

const parents = fc.array(fc.integer({ min: -1, max: 60 }), { minLength: 1, maxLength: 60 });
const open: FoldState = { path: new Set(), selected: null, chosen: new Map() };

function unfolded(turnIds: Iterable<string>): FoldState {
  return { ...open, chosen: new Map([...turnIds].map((id) => [id, 'unfolded' as const])) };
}

describe('turns', () => {
  test('step by step they are as at once, however short a step is', () => {
    fc.assert(
      fc.property(parents, fc.integer({ min: 1, max: 9 }), (picks, step) => {
        const { tree } = treeOf(picks);
        const work = turnsBySteps(tree, step);
        let steps = 0;
        let made = work.next();
        for (; !made.done; made = work.next()) steps += 1;
        expect(made.value).toEqual(turnsOf(tree));
        expect(steps).toBeGreaterThanOrEqual(Math.floor(tree.messages.size / step));
      }),
    );
  });

  test('every message belongs to exactly one turn', () => {
    fc.assert(
      fc.property(parents, (picks) => {
        const { headers, tree } = treeOf(picks);
        const { byId, turnOf } = turnsOf(tree);
        const owned = [...byId.values()].flatMap((turn) => [
          ...(turn.prompt ? [turn.prompt] : []),
          ...turn.replies,
        ]);
        expect(owned.sort()).toEqual(headers.map((message) => message.id).sort());
        expect(turnOf.size).toBe(headers.length);
      }),
    );
  });

  test('regenerations nobody went on from stay on their card', () => {
    // 0 asks; 1, 2 and 3 reply; 4 goes on from 2
    const { tree } = treeOf([-1, 0, 0, 0, 2]);
    const { byId } = turnsOf(tree);
    expect(byId.get('message-0')?.replies).toEqual(['message-1', 'message-2', 'message-3']);
    expect(byId.get('message-4')).toMatchObject({ parent: 'message-0', via: 'message-2', depth: 1 });
  });

  test('a chain of 50,000 has no recursion to run out of', () => {
    const { tree } = treeOf(Array.from({ length: 50_000 }, (_, index) => index - 1));
    const turns = turnsOf(tree);
    const cards = foldTurns(turns, unfolded(turns.byId.keys()));
    expect(lanesOf(cards).length).toBe(turns.byId.size);
  });
});

describe('folding', () => {
  test('cards stand for every turn once, whatever is folded', () => {
    fc.assert(
      fc.property(parents, fc.integer({ min: 0, max: 59 }), (picks, pick) => {
        const turns = turnsOf(treeOf(picks).tree);
        const ids = [...turns.byId.keys()];
        const selected = ids[pick % ids.length] as string;
        const chosen = new Map(ids.map((id) => [id, 'folded' as const]));
        for (const state of [open, { ...open, chosen, selected }]) {
          const cards = foldTurns(turns, state);
          expect(cards.flatMap((card) => card.turns).sort()).toEqual([...ids].sort());
        }
      }),
    );
  });

  test('up to twelve turns all are shown; above, runs off the path are segments and fork points stay', () => {
    const fork = [-1, 0, 1, 2, 3]; // a run of turns: user 0, reply 1, user 2, reply 3, user 4
    const small = turnsOf(treeOf(fork).tree);
    expect(foldTurns(small, open).every((card) => card.kind === 'turn')).toBe(true);
    const long = turnsOf(treeOf([...Array(60).keys()].map((index) => index - 1)).tree);
    expect(foldTurns(long, open).map((card) => card.kind)).toEqual(['segment']);
    const onPath = { ...open, path: new Set(long.byId.keys()) };
    expect(foldTurns(long, onPath).every((card) => card.kind === 'turn')).toBe(true);
  });
});

/** Places by card id, as `lane:row`. */
function placesOf(cards: readonly Card[], path?: ReadonlySet<string>): ReadonlyMap<string, string> {
  const lanes = lanesOf(cards, path);
  return new Map(cards.map(({ id, row }, index) => [id, `${lanes[index]}:${row}`]));
}

describe('stubs', () => {
  const large = fc.tuple(parents, fc.nat()).map(([picks, pick]) => {
    const { tree, headers } = treeOf(picks);
    const turns = turnsOf(tree);
    const line = pathTo(tree, (headers[pick % headers.length] as MessageHeader).id);
    const path = new Set(line.map((id) => turns.turnOf.get(id) as string));
    return { tree, turns, state: { path, selected: null, stubLimit: 0, pathLimit: 0 } satisfies FoldState };
  });
  const stubsBegin = (turns: Turns) => turns.byId.size > 12;

  test('stand for all that leaves the path, each turn once', () => {
    fc.assert(
      fc.property(large, ({ turns, state }) => {
        const cards = foldTurns(turns, state);
        const total = cards.reduce((sum, card) => sum + (card.sum?.turns ?? card.turns.length), 0);
        expect(total).toBe(turns.byId.size);
        for (const { kind, turns: ids } of cards) {
          if (kind === 'stub') expect(state.path.has(ids[0] as string)).toBe(false);
          else if (stubsBegin(turns) && ids.length > 1)
            expect(ids.every((id) => state.path.has(id))).toBe(true);
        }
      }),
    );
  });

  test('open to a line with stubs of its own, and never share a place', () => {
    fc.assert(
      fc.property(large, fc.array(fc.nat(), { maxLength: 6 }), ({ turns, state }, picks) => {
        const ids = [...turns.byId.keys()];
        const chosen = new Map(picks.map((pick) => [ids[pick % ids.length] as string, 'opened' as const]));
        const cards = foldTurns(turns, { ...state, chosen });
        const places = placesOf(cards, state.path);
        expect(new Set(places.values()).size).toBe(cards.length);
        for (const { id } of cards) if (state.path.has(id)) expect(places.get(id)).toMatch(/^0:/);
        expect(cards.every((card, index) => card.above < index)).toBe(true);
        const total = cards.reduce((sum, card) => sum + (card.sum?.turns ?? card.turns.length), 0);
        expect(total).toBe(turns.byId.size);
      }),
    );
  });

  test('and segments stay where they are when something is said at the end of the path', () => {
    fc.assert(
      fc.property(large, ({ tree, turns, state }) => {
        const end = [...state.path].at(-1) as string;
        const turn = turns.byId.get(end) as Turn;
        if (turn.children.length > 0 || !stubsBegin(turns)) return;
        const said = {
          ...header(99, null),
          id: 'later',
          role: 'user' as const,
          parent: turn.replies.at(-1) ?? end,
        };
        const after = turnsOf(foldOutline(tree, [{ kind: 'message', message: said }]));
        const path = new Set([...state.path, 'later']);
        const places = placesOf(foldTurns(after, { ...state, path }), path);
        for (const [id, place] of placesOf(foldTurns(turns, state), state.path)) {
          expect(places.get(id)).toBe(place);
        }
      }),
    );
  });

  test('count turns, ways that end, and replies being written, and follow what changes', () => {
    const { tree } = treeOf([-1, 0, 1, 2, 1]); // user 0, reply 1, users 2 and 4 after it, reply 3
    const turns = turnsOf(tree);
    expect(sumOf(turns, 'message-0')).toEqual({ turns: 3, branches: 2, live: 0, time: 4 });
    const place = { id: 'reply', parent: 'message-4', branch: 'b', at: '1' };
    const generation = { ...place, origin: { kind: 'send' }, started: 9 } as Generation;
    const live = turnsOf(foldOutline(tree, [{ kind: 'generation', generation }]), turns);
    expect(sumOf(live, 'message-0')).toEqual({ turns: 3, branches: 2, live: 1, time: 9 });
    expect(sumOf(turns, 'message-0').live).toBe(0);
  });
});

describe('turns of a tree that grew', () => {
  test('are those of the whole tree, and keep what did not change', () => {
    fc.assert(
      fc.property(parents, fc.nat(), (picks, cut) => {
        const { headers, tree } = treeOf(picks);
        const early = headers.slice(0, cut % headers.length);
        const before = foldOutline(
          emptyTree,
          early.map((message) => ({ kind: 'message', message })),
        );
        const after = foldOutline(
          before,
          headers.map((message) => ({ kind: 'message', message })),
        );
        const old = turnsOf(before);
        const grown = turnsOf(after, old);
        const whole = turnsOf(tree);
        expect(new Map(grown.byId)).toEqual(new Map(whole.byId));
        expect(grown.roots).toEqual(whole.roots);
        expect(new Map(grown.turnOf)).toEqual(new Map(whole.turnOf));
        for (const [id, turn] of old.byId) {
          const now = grown.byId.get(id) as Turn;
          const same =
            now.children.length === turn.children.length && now.replies.length === turn.replies.length;
          expect(now === turn).toBe(same);
        }
      }),
    );
  });

  test('are made anew where something was taken away', () => {
    const { tree } = treeOf([-1, 0, 1, 2]);
    const hidden = shownTree(
      foldOutline(tree, [{ kind: 'mark', mark: { id: 'message-2', at: 1, pruned: true } }]),
    );
    const turns = turnsOf(hidden, turnsOf(tree));
    expect([...turns.byId.keys()]).toEqual(['message-0']);
    expect([...turnsOf(tree, turns).byId.keys()].sort()).toEqual(['message-0', 'message-2']);
  });
});

describe('forks in forks, 8,000 deep', () => {
  // After each reply a question nobody answered, then another that the talk goes on from: every fork leaves a branch of the one before.
  const deep = Array.from({ length: 8_000 }, (_, fork) => [3 * fork - 1, 3 * fork - 1, 3 * fork + 1]).flat();
  const { tree } = treeOf(deep);
  const turns = turnsOf(tree);
  const line = pathTo(tree, `message-${deep.length - 1}`).map((id) => turns.turnOf.get(id) as string);
  const states: Readonly<Record<string, FoldState>> = {
    'as it opens': { ...open, path: new Set(line) },
    'off its path': open,
    'with stubs': { ...open, path: new Set(line), stubLimit: 0, pathLimit: 0 },
    'around a selection': { ...open, path: new Set(line), selected: line[4_000] as string },
    'all unfolded': { ...open, all: true },
  };

  test.each(Object.entries(states))('%s: no recursion to run out of, no place shared', (_, state) => {
    const cards = foldTurns(turns, state);
    const places = placesOf(cards, state.path);
    expect(new Set(places.values()).size).toBe(cards.length);
    const total = cards.reduce((sum, card) => sum + (card.sum?.turns ?? card.turns.length), 0);
    expect(total).toBe(turns.byId.size);
    expect(turns.roots.reduce((sum, id) => sum + sumOf(turns, id).turns, 0)).toBe(turns.byId.size);
  });
});

describe('lanes', () => {
  test('no two cards share a place and a child stands one row below its parent', () => {
    fc.assert(
      fc.property(parents, (picks) => {
        const turns = turnsOf(treeOf(picks).tree);
        const cards = foldTurns(turns, unfolded(turns.byId.keys()));
        expect(new Set(placesOf(cards).values()).size).toBe(cards.length);
        for (const card of cards) {
          expect(card.row).toBe((cards[card.above]?.row ?? -1) + 1);
          expect(cards[card.above]?.id ?? null).toBe(card.parent);
        }
      }),
    );
  });

  test('a card born later never moves one born before', () => {
    fc.assert(
      fc.property(parents, (picks) => {
        const before = turnsOf(treeOf(picks.slice(0, -1)).tree);
        const after = turnsOf(treeOf(picks).tree);
        const places = placesOf(foldTurns(after, unfolded(after.byId.keys())));
        for (const [id, place] of placesOf(foldTurns(before, unfolded(before.byId.keys())))) {
          expect(places.get(id)).toEqual(place);
        }
      }),
    );
  });
});
