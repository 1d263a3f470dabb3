import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runs } from '../../child-script.ts';
import { smallDisk } from './testing.ts';

const disk = smallDisk('400k');

afterAll(() => disk?.remove());

test.skipIf(disk === null)(
  'a full disk loses nothing acknowledged, ends nothing, and heals',
  { timeout: 60_000 },
  () => {
    const script = join(import.meta.dirname, 'full.child.ts');
    const { status, stderr } = spawnSync(process.execPath, [...runs(script), disk?.path ?? ''], {
      encoding: 'utf8',
    });
    // The database complains on standard error of each commit the disk refused; that is not looked at.
    expect(status, stderr.slice(-2000)).toBe(0);
  },
);
