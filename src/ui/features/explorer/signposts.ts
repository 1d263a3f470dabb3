/** What of a tree may be out of sight, by card: the forks of the path and the replies that are being written. Pure. */
import { liveOn } from './diagram-model.ts';
import { FORK, LIVE, ON_PATH, type Scene } from './scene.ts';

export interface Signposts {
  /** Cards of the path under which it forks, the nearest above the reader first. */
  readonly forks: readonly number[];
  /** Cards with a reply that is being written, from the top. */
  readonly live: readonly number[];
  /** How many replies those are. */
  readonly replies: number;
}

/** Costs one look at the flags of each card. */
export function signpostsOf(scene: Scene, here: number): Signposts {
  const forks: number[] = [];
  const live: number[] = [];
  for (let index = 0; index < scene.count; index += 1) {
    const bits = scene.flags[index] as number;
    if (bits & FORK && bits & ON_PATH) forks.push(index);
    if (bits & LIVE) live.push(index);
  }
  const row = (index: number): number => scene.row[index] as number;
  const distance = (index: number): number => {
    const up = here < 0 ? 0 : row(here) - row(index);
    // What forks below the reader comes after all that is above.
    return up > 0 ? up : scene.count - up;
  };
  forks.sort((a, b) => distance(a) - distance(b));
  live.sort((a, b) => row(a) - row(b));
  return { forks, live, replies: live.reduce((sum, index) => sum + liveOn(scene, index), 0) };
}
