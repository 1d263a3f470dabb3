/**
 * A disk that fills up, one that cannot be written any more, and logs with a torn end, while people talk. Needs a small file system
 * of its own for the first two: root on Linux.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../conversations/simulation/random.ts';
import { added, nothingYet, play, type Report, type Stage } from './stage.ts';

export interface DiskOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Throw away what the servers say of the disk. Default: false. */
  readonly quiet?: boolean;
  readonly onRound?: (done: DiskReport) => void;
}

export interface DiskReport extends Report {
  readonly rounds: number;
  /** False where no file system could be mounted: then only torn logs were tried. */
  readonly mounted: boolean;
}

const SIZE = '24m';
const FLYING = 5;
/** How long people go on without a disk, in ms. */
const TROUBLE = 800;

/** Rounds of one trouble of each kind. Ends its servers and removes its folder. */
export async function diskRounds({ rounds, seed, quiet = false, onRound }: DiskOptions): Promise<DiskReport> {
  const random = new Random(seed);
  const disk = await mkdtemp(join(tmpdir(), 'bough-disk-'));
  const mounted = mount(disk);
  const data = join(disk, 'data');
  let report: DiskReport = { ...nothingYet, rounds: 0, mounted };
  try {
    while (report.rounds < rounds) {
      const round = await play(data, random, (stage) => trouble(stage, disk, mounted), { quiet });
      report = { ...report, ...added(report, round), rounds: report.rounds + 1 };
      onRound?.(report);
    }
    return report;
  } finally {
    if (mounted) execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  }
}

async function trouble(stage: Stage, disk: string, mounted: boolean): Promise<void> {
  await stage.flying(FLYING);
  if (mounted) await fillUp(disk, stage);
  if (mounted) await makeReadOnly(disk, stage);
  await stage.killAndRestart(() => tearLogs(stage.data, stage.random));
  await stage.flying(FLYING);
}

function mount(path: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Full for a while; then there is room again, and the server goes on without a restart. */
async function fillUp(disk: string, stage: Stage): Promise<void> {
  const filler = join(disk, 'filler');
  await writeFile(filler, '');
  for (const size of [65_536, 512, 1]) {
    for (;;) {
      if (!(await appendFile(filler, Buffer.alloc(size)).then(worked, failed))) break;
    }
  }
  await sleep(TROUBLE);
  await rm(filler);
  await stage.flying(FLYING);
}

/** A folder that cannot be written for a while. Files that are open for writing keep a disk from that, so the server is new. */
async function makeReadOnly(disk: string, stage: Stage): Promise<void> {
  await stage.killAndRestart(async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await sleep(TROUBLE / 4);
    execFileSync('mount', ['-o', 'remount,rw', disk]);
  });
  await stage.flying(FLYING);
}

/** Half frames at the end of logs, as a crash in the middle of a write leaves them. */
async function tearLogs(data: string, random: Random): Promise<void> {
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.log') || !entry.isFile() || random.chance(0.5)) continue;
    await appendFile(join(entry.parentPath, entry.name), torn(random));
  }
}

/** A frame announces its length in four bytes; here fewer follow. */
function torn(random: Random): Buffer {
  const length = 10 + random.below(200);
  const announced = Buffer.alloc(4);
  announced.writeUInt32BE(length);
  return Buffer.concat([announced, randomBytes(random.below(length))]).subarray(0, 1 + random.below(length));
}

const worked = (): boolean => true;
const failed = (): boolean => false;
