import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** A disk of 400 kB, where this process may make one (root on Linux); else null. */
function smallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const path = mkdtempSync(join(tmpdir(), 'bough-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
}

const disk = smallDisk();

afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

test.skipIf(disk === null)(
  'a full disk loses nothing acknowledged, ends nothing, and heals',
  { timeout: 60_000 },
  () => {
    const script = join(import.meta.dirname, 'full.child.ts');
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, disk ?? ''], {
      encoding: 'utf8',
    });
    // The database complains on standard error of each commit the disk refused; that is not looked at.
    expect(status, stderr.slice(-2000)).toBe(0);
  },
);
