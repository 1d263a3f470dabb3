/** What the system says of a process (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

/** User and system time so far, in seconds (100 ticks a second). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/**
 * Resident memory, now and at most so far, in MB. `files`: what of `now` are pages of files (code, the engine's database), which the system
 * takes back when it needs room.
 */
export function residentMemory(pid: number): {
  readonly now: number;
  readonly most: number;
  readonly files: number;
} {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return {
    now: megabytes('VmRSS'),
    most: megabytes('VmHWM'),
    files: megabytes('RssFile') + megabytes('RssShmem'),
  };
}

export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Bytes it made the system write to disks so far, whole pages. */
export function bytesWritten(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? Number.NaN);
}

/** Bytes it read so far, from files and sockets. */
export function bytesRead(pid: number): number {
  return Number(/^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? Number.NaN);
}
