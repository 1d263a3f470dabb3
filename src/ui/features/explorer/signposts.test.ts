import { expect, test } from 'vitest';
import { FORK, LIVE, ON_PATH, type Scene } from './scene.ts';
import { signpostsOf } from './signposts.ts';

/** Cards one below the other with these flags; every one that is live has two replies being written. */
function sceneWith(...flags: number[]): Scene {
  const cards = flags.slice(1).map(() => ({ sum: { live: 2 } }));
  return {
    count: flags.length,
    flags: Uint16Array.from(flags),
    row: Int32Array.from(flags.keys()),
    cards,
  } as never;
}

const path = ON_PATH | FORK;

test('forks of the path come from the reader upward, then those below', () => {
  const scene = sceneWith(path, ON_PATH, path, FORK, path, path);
  expect(signpostsOf(scene, 5).forks).toEqual([4, 2, 0, 5]);
  expect(signpostsOf(scene, 3).forks).toEqual([2, 0, 4, 5]);
});

test('what is being written is counted wherever it is', () => {
  expect(signpostsOf(sceneWith(ON_PATH, LIVE, 0, ON_PATH | LIVE), 3)).toMatchObject({
    live: [1, 3],
    replies: 4,
  });
  expect(signpostsOf(sceneWith(ON_PATH, ON_PATH), 1)).toEqual({ forks: [], live: [], replies: 0 });
});
