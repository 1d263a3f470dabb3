/** Whether the database of a storage can be opened at all, tried in a process of its own, which may crash. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runs } from '../child-script.ts';
import { BackupError } from './backup/lines.ts';

/**
 * Fine also when there is none. @param engine the engine's folder
 * @throws {BackupError}
 */
export async function checkSound(engine: string): Promise<void> {
  const { code, said } = await probed(engine);
  if (code === 0) return;
  const database = join(engine, 'metadata.lmdb');
  throw new BackupError(code === NOT_LOOKED ? notLooked(database, said) : damaged(database));
}

const NOT_LOOKED = 3;

const damaged = (database: string): string =>
  `The database ${database} is damaged: restore a backup into another folder, and keep this one.`;

/** @param code the system's */
function notLooked(database: string, code: string): string {
  const cannot = `The database ${database} cannot be read where it is, because nothing can be written beside it`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `${cannot}, and there is no room for a copy of it in ${tmpdir()}: make room there, or let TMPDIR name another folder.`;
  return `${cannot}, and it cannot be copied to ${tmpdir()} either (${code}): check who may read it, or let TMPDIR name another folder.`;
}

async function probed(engine: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const probe = runs(join(import.meta.dirname, 'probe.ts'));
  const child = spawn(process.execPath, [...probe, engine], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code: code as number | null, said: said.trim() };
}
