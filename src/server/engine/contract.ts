/**
 * What every engine must do, as one suite. An adapter's test calls it with a maker of fresh
 * engines; streams are named anew for each test, so one long-lived engine may serve them all.
 */
import { describe } from 'vitest';
import { appends } from './contract/appends.ts';
import { deletes } from './contract/deletes.ts';
import { follows } from './contract/follows.ts';
import { forks } from './contract/forks.ts';
import type { EngineMaker } from './contract/harness.ts';
import { reads } from './contract/reads.ts';
import { scale } from './contract/scale.ts';
import { streams } from './contract/streams.ts';

export type { EngineMaker, MadeEngine } from './contract/harness.ts';

export function engineContract(name: string, make: EngineMaker): void {
  describe(`engine contract: ${name}`, () => {
    streams(make);
    appends(make);
    reads(make);
    forks(make);
    deletes(make);
    follows(make);
    scale(make);
  });
}
