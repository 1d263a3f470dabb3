import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyTree,
  type FoldState,
  foldOutline,
  foldTurns,
  type MessageHeader,
  placeCards,
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
    expect(placeCards(cards).size).toBe(turns.byId.size);
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

describe('lanes', () => {
  test('no two cards share a place and a child stands one row below its parent', () => {
    fc.assert(
      fc.property(parents, (picks) => {
        const turns = turnsOf(treeOf(picks).tree);
        const cards = foldTurns(turns, unfolded(turns.byId.keys()));
        const places = placeCards(cards);
        expect(new Set([...places.values()].map(({ lane, row }) => `${lane}:${row}`)).size).toBe(
          cards.length,
        );
        for (const card of cards) {
          if (card.parent) expect(places.get(card.id)?.row).toBe((places.get(card.parent)?.row ?? 0) + 1);
        }
      }),
    );
  });

  test('a card born later never moves one born before', () => {
    fc.assert(
      fc.property(parents, (picks) => {
        const before = turnsOf(treeOf(picks.slice(0, -1)).tree);
        const after = turnsOf(treeOf(picks).tree);
        const places = placeCards(foldTurns(after, unfolded(after.byId.keys())));
        for (const [id, place] of placeCards(foldTurns(before, unfolded(before.byId.keys())))) {
          expect(places.get(id)).toEqual(place);
        }
      }),
    );
  });
});
