import { expect, test } from 'vitest';
import { emptyTree, foldOutline, type OutlineChange, turnsOf } from '../../../tree/index.ts';
import { FORK, ON_PATH, type Scene, sceneOf } from './scene.ts';
import { forkBeside, signpostsOf } from './signposts.ts';

/** Cards one below the other with these flags. */
function sceneWith(...flags: number[]): Scene {
  return {
    count: flags.length,
    flags: Uint16Array.from(flags),
    row: Int32Array.from(flags.keys()),
  } as never;
}

const path = ON_PATH | FORK;

test('forks of the path come from the top; from any card one finds the next above and below', () => {
  const scene = sceneWith(path, ON_PATH, path, FORK, path, path);
  const { forks } = signpostsOf(scene);
  expect(forks).toEqual([0, 2, 4, 5]);
  expect(forkBeside(scene, forks, 3, -1)).toBe(2);
  expect(forkBeside(scene, forks, 3, 1)).toBe(4);
  expect(forkBeside(scene, forks, 0, -1)).toBeUndefined();
  expect(forkBeside(scene, forks, 5, 1)).toBeUndefined();
  expect(forkBeside(scene, forks, -1, -1)).toBe(5);
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
    expect(signpostsOf(scene).live).toEqual([
      { index: scene.indexOf.get('a'), words: 'Words of a', replies: 1 },
      { index: scene.indexOf.get('b'), words: 'Words of b', replies: 2 },
    ]);
  }
  expect(signpostsOf(sceneWith(ON_PATH, ON_PATH))).toEqual({ forks: [], live: [] });
});
