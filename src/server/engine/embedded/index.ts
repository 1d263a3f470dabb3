import type { Engine } from '../port.ts';
import { type EmbeddedOptions, openEmbedded } from './engine.ts';
import { explainFolder, openFolder } from './folder.ts';

export type { Repair } from './engine.ts';
export { openEmbedded };

/**
 * Opens the data folder, makes it if it is missing or empty, and the engine on the streams in it.
 * As long as the engine lives no other process gets in; `shutdown` ends both, and so does the
 * death of the process.
 * @throws {FolderError} with one sentence for whoever started Bough.
 */
export async function openEmbeddedEngine(
  path: string,
  options: Pick<EmbeddedOptions, 'onRepair'> = {},
): Promise<Engine> {
  const folder = await openFolder(path);
  try {
    return openEmbedded(folder.engine, { ...options, afterShutdown: () => folder.release() });
  } catch (error) {
    await folder.release();
    throw explainFolder(folder.path, error);
  }
}
