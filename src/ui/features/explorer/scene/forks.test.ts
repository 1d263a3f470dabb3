import { expect, test } from 'vitest';
import { emptyTree, foldOutline, type OutlineChange, turnsOf } from '../../../../tree/index.ts';
import {
  branchesOf,
  cardsOfFork,
  type Fork,
  forksAround,
  forksOf,
  listedWith,
  liveOf,
  otherBranch,
  partsAt,
  spokenOf,
  whereabouts,
} from './forks.ts';
import { type Scene, sceneOf } from './scene.ts';

test('the bar stands at the fork under the reader, else above; steps go to each fork once, and stop at the ends', () => {
  const turn = (n: number) => [
    `m${n}`,
    { id: `m${n}`, prompt: `m${n}`, parent: n === 0 ? null : `m${n - 1}` },
  ];
  const numbers = [0, 1, 2, 3, 4, 5];
  const scene = {
    row: Int32Array.from([-1, ...numbers]),
    indexOf: new Map(numbers.map((n) => [`m${n}`, n + 1])),
    turns: {
      byId: new Map(numbers.map(turn) as never),
      turnOf: new Map(numbers.map((n) => [`m${n}`, `m${n}`])),
    },
  } as unknown as Scene;
  // Their branches begin with these: they part one card higher.
  const forks = [1, 3, 5].map((n) => ({ index: n + 1, message: `m${n}` }));
  const around = (here: number, shown?: string) => forksAround(scene, forks, here, shown);
  expect(around(3)).toEqual({ at: 1, where: 'at', above: 0, below: 2 });
  // Below the second, and not at it.
  expect(around(4)).toEqual({ at: 1, where: 'below', above: 1, below: 2 });
  expect(around(0)).toEqual({ at: 0, where: 'above', above: undefined, below: 0 });
  expect(around(-1)).toEqual({ at: 2, where: 'at', above: 2, below: undefined });
  expect(around(4, 'm5')).toEqual({ at: 2, where: 'at', above: 1, below: undefined });
  expect(around(4, 'm1')).toEqual({ at: 0, where: 'at', above: undefined, below: 1 });
  expect(around(4, 'gone')).toEqual(around(4));
});

/** Two questions, `replies` being written to each, and one that has ended without a word. */
function liveScene(folded: boolean): Scene {
  const shared = { branch: 'b', origin: { kind: 'send' } } as const;
  const asked = (id: string, time: number): OutlineChange => ({
    kind: 'message',
    message: {
      ...shared,
      id,
      parent: null,
      role: 'user',
      author: { kind: 'user' },
      preview: `**Words** of ${id}`,
      start: '0',
      end: '1',
      time,
    } as never,
  });
  const reply = (id: string, parent: string, end?: object): OutlineChange => ({
    kind: 'generation',
    generation: { ...shared, id, parent, at: '1', started: 9, ...(end && { end }) } as never,
  });
  const changes = [asked('a', 1), asked('b', 2), reply('r1', 'a'), reply('r2', 'b'), reply('r3', 'b')];
  const ended = reply('r4', 'a', { reason: 'failed', at: 9 });
  const turns = turnsOf(foldOutline(emptyTree, [...changes, ended]));
  const limits = folded ? { stubLimit: 0, pathLimit: 0 } : { stubLimit: 100, pathLimit: 100 };
  return sceneOf({
    turns,
    title: '',
    path: new Set(['a']),
    folding: { path: new Set(['a']), selected: null, ...limits },
  });
}

test('what is being written is named by what it answers, folded or not', () => {
  for (const folded of [false, true]) {
    const scene = liveScene(folded);
    expect(liveOf(scene)).toEqual([
      { index: scene.indexOf.get('a'), words: 'Words of a', replies: ['r1'] },
      { index: scene.indexOf.get('b'), words: 'Words of b', replies: ['r2', 'r3'] },
    ]);
  }
});

test('a list that is open keeps what has ended in its place, and takes in what begins', () => {
  const live = (index: number, ...replies: string[]) => ({ index, words: `${index}`, replies });
  const opened = listedWith([], [live(1, 'a', 'b'), live(2, 'c')]);
  expect(opened.map(({ replies }) => replies)).toEqual([['a', 'b'], ['c']]);
  expect(listedWith(opened, [live(1, 'a', 'b'), live(2, 'c')])).toBe(opened);
  // Cards have moved, one reply has ended, one has begun beside it, and one elsewhere.
  const later = listedWith(opened, [live(1, 'd'), live(4, 'b', 'e')]);
  expect(later).toEqual([
    { words: '1', replies: ['a', 'b', 'e'], live: ['b', 'e'] },
    { words: '2', replies: ['c'], live: [] },
    { words: '1', replies: ['d'], live: ['d'] },
  ]);
  // Two cards have become one that is folded.
  expect(listedWith(opened, [live(1, 'a', 'b', 'c')])).toBe(opened);
  const all = listedWith(later, []);
  expect(all.map(({ replies }) => replies)).toEqual(later.map(({ replies }) => replies));
  expect(all.flatMap((row) => row.live)).toEqual([]);
  expect(listedWith(all, [])).toBe(all);
});

test('what the bar speaks of: the other branch, where it parts, where what is live branched off', () => {
  const scene = liveScene(false);
  const [a, b] = [scene.indexOf.get('a') as number, scene.indexOf.get('b') as number];
  const [fork] = forksOf(scene);
  // Both are first messages: they part at the conversation, which has its name anyway.
  expect(partsAt(scene, fork as Fork)).toBe(0);
  expect(spokenOf(scene, a)).toEqual([b]);
  expect(spokenOf(scene, 0)).toEqual([b]);
  expect(forksAround(scene, [], a)).toMatchObject({ at: -1, above: undefined, below: undefined });
});

test('forks of the path are counted by message, as the thread does: two questions are two versions', () => {
  const scene = liveScene(false);
  const forks = forksOf(scene);
  expect(forks).toEqual([{ index: scene.indexOf.get('a'), message: 'a' }]);
  expect(otherBranch(scene, forks[0] as Fork)).toEqual({ message: 'b', named: 'b' });
  expect(cardsOfFork(scene, forks[0] as Fork)).toEqual([0, 1, 2]);
});

test('a live card off the path is found where its branch leaves the path; first messages leave at the conversation', () => {
  const scene = {
    ...liveScene(false),
    title: 'Trip',
    cards: ['a', 'b', 'c', 'd'].map((id, depth) => ({ id, kind: 'turn', turns: [id], last: { depth } })),
    // Conversation, a on the path, b and c below it off the path, d another first message.
    parent: Int32Array.from([-1, 0, 1, 2, 0]),
    flags: Uint16Array.from([1, 1, 0, 0, 0]),
  } as unknown as Scene;
  expect(whereabouts(scene, 1, 1)).toBe('on your path');
  expect(whereabouts(scene, 2, 1)).toBe('branched at “Words of a”');
  expect(whereabouts(scene, 3, 3)).toBe('branched 2 turns up, at “Words of a”');
  expect(whereabouts(scene, 4, 1)).toBe('branched 1 turn up, at “Trip”');
  expect(whereabouts(scene, 4, -1)).toBe('branched at “Trip”');
});

test('a branch has its own words and size: a reply all that continues it; its first card is the turn after it', () => {
  const said = (id: string, parent: string | null, role: string, time: number): OutlineChange => ({
    kind: 'message',
    message: {
      id,
      parent,
      role,
      branch: 'b',
      origin: { kind: 'send' },
      author: { kind: 'user' },
      preview: `Words of ${id}`,
      start: '0',
      end: '1',
      time,
    } as never,
  });
  const first = [
    said('q', null, 'user', 1),
    said('r1', 'q', 'assistant', 2),
    said('r2', 'q', 'assistant', 3),
  ];
  const turnsWith = (more: readonly OutlineChange[]) => turnsOf(foldOutline(emptyTree, [...first, ...more]));
  const fork = { index: 1, message: 'r1' };
  expect(otherBranch({ turns: turnsWith([]) }, fork)).toEqual({ message: 'r2', named: 'r2' });
  const next = [
    said('q1', 'r1', 'user', 4),
    said('q2', 'r2', 'user', 5),
    said('q3', 'r2', 'user', 6),
    said('r3', 'q3', 'assistant', 7),
    said('q4', 'r3', 'user', 8),
  ];
  const turns = turnsWith(next);
  expect(otherBranch({ turns }, fork)).toEqual({ message: 'r2', named: 'q2' });
  const path = new Set(['q', 'r1', 'q1']);
  expect(branchesOf({ turns, path }, ['r1', 'r2', 'q3'])).toEqual([
    { message: 'r1', words: 'Words of r1', turns: 1, live: 0, isOnPath: true },
    { message: 'r2', words: 'Words of r2', turns: 3, live: 0, isOnPath: false },
    { message: 'q3', words: 'Words of q3', turns: 2, live: 0, isOnPath: false },
  ]);
});
