import { expect, test } from 'vitest';
import { emptyTree, foldOutline, type OutlineChange, turnsOf } from '../../../../tree/index.ts';
import { type Scene, sceneOf } from './scene.ts';
import {
  type Fork,
  forkBeside,
  forksOf,
  liveOf,
  nearestFork,
  otherWay,
  partsAt,
  spokenOf,
  whereabouts,
} from './signposts.ts';

test('from any card one finds the next fork above and below', () => {
  const scene = { row: Int32Array.from([0, 1, 2, 3, 4, 5]) };
  const forks = [0, 2, 4, 5].map((index) => ({ index }));
  expect(forkBeside(scene, forks, 3, -1)).toBe(1);
  expect(forkBeside(scene, forks, 3, 1)).toBe(2);
  expect(forkBeside(scene, forks, 0, -1)).toBeUndefined();
  expect(forkBeside(scene, forks, 5, 1)).toBeUndefined();
  expect(forkBeside(scene, forks, -1, -1)).toBe(3);
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
      { index: scene.indexOf.get('a'), words: 'Words of a', replies: 1 },
      { index: scene.indexOf.get('b'), words: 'Words of b', replies: 2 },
    ]);
  }
});

test('what the signposts speak of: the other way, where it parts, where what is live leaves the path', () => {
  const scene = liveScene(false);
  const [a, b] = [scene.indexOf.get('a') as number, scene.indexOf.get('b') as number];
  const [fork] = forksOf(scene);
  // Both are first messages: they part at the conversation, which has its name anyway.
  expect(partsAt(scene, fork as Fork)).toBe(0);
  expect(spokenOf(scene, a)).toEqual([b]);
  expect(spokenOf(scene, 0)).toEqual([]);
  expect(nearestFork(scene, [], a)).toBeUndefined();
});

test('forks of the path are counted by message, as the thread does: two questions are two versions', () => {
  const scene = liveScene(false);
  const forks = forksOf(scene);
  expect(forks).toEqual([{ index: scene.indexOf.get('a'), message: 'a' }]);
  expect(otherWay(scene, forks[0] as Fork)).toEqual({
    message: 'b',
    named: 'b',
    kind: 'branch',
    words: 'Words of b',
  });
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
  expect(whereabouts(scene, 2, 1)).toBe('leaves your path at “Words of a”');
  expect(whereabouts(scene, 3, 3)).toBe('leaves your path 2 turns above, at “Words of a”');
  expect(whereabouts(scene, 4, 1)).toBe('leaves your path 1 turn above, at “Trip”');
  expect(whereabouts(scene, 4, -1)).toBe('leaves your path at “Trip”');
});

test('the other way is called as its card: a reply that goes on by the turn after it, one that does not by its own words', () => {
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
  const other = (more: readonly OutlineChange[]) =>
    otherWay({ turns: turnsOf(foldOutline(emptyTree, [...first, ...more])) }, { index: 1, message: 'r1' });
  expect(other([])).toEqual({ message: 'r2', named: 'r2', kind: 'reply', words: 'Words of r2' });
  const elsewhere = said('q1', 'r1', 'user', 4);
  expect(other([elsewhere])).toMatchObject({ kind: 'reply' });
  const next = [elsewhere, said('q2', 'r2', 'user', 5), said('q3', 'r2', 'user', 6)];
  expect(other(next)).toEqual({ message: 'r2', named: 'q2', kind: 'branch', words: 'Words of q2' });
});
