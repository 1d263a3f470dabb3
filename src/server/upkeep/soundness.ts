/** Whether the database of a storage can be opened at all, found out at the risk of another process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BackupError } from './backup/lines.ts';

/**
 * Fine also when there is none. @param engine the engine's folder
 * @throws {BackupError}
 */
export async function checkSound(engine: string): Promise<void> {
  if (await isSound(engine)) return;
  throw new BackupError(
    `The database ${join(engine, 'metadata.lmdb')} is damaged: restore a backup into another folder, and keep this one.`,
  );
}

async function isSound(engine: string): Promise<boolean> {
  // Built, it stands beside the rest of the server.
  const built = join(import.meta.dirname, 'probe.js');
  const probe = existsSync(built) ? [built] : ['--import', 'tsx', join(import.meta.dirname, 'probe.ts')];
  const child = spawn(process.execPath, [...probe, engine], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
