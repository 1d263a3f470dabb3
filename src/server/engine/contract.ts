/**
 * What every engine must do, as one suite. An adapter's test calls it with a maker of fresh
 * engines; streams are named anew for each test, so one long-lived engine may serve them all.
 */
import { describe } from 'vitest';
import { appends } from './contract/appends.ts';
import { deletes } from './contract/deletes.ts';
import { follows } from './contract/follows.ts';
import { forks } from './contract/forks.ts';
import type { Cannot, EngineMaker } from './contract/harness.ts';
import { reads } from './contract/reads.ts';
import { scale } from './contract/scale.ts';
import { streams } from './contract/streams.ts';

export type { Cannot } from './contract/harness.ts';

/** @param cannot what this engine cannot do, and why: the tests that need it are skipped with that reason. Default: nothing. */
export function engineContract(name: string, make: EngineMaker, cannot: Cannot = {}): void {
  const contract = { make, cannot };
  describe(`engine contract: ${name}`, () => {
    streams(contract);
    appends(contract);
    reads(contract);
    forks(contract);
    deletes(contract);
    follows(contract);
    scale(contract);
  });
}
