import { engineContract } from '../contract.ts';
import { openEmbedded } from './engine.ts';
import { tempFolder } from './testing.ts';

engineContract('embedded', async () => {
  const folder = await tempFolder();
  return { engine: openEmbedded(folder.path), dispose: folder.remove };
});
