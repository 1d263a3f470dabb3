/** The page with React Flow alone, with a tree. The caller stops it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idOf, type Scene } from '../src/ui/features/explorer/scene/scene.ts';
import { buildPage, servePage } from './plain-page.ts';

export async function servePlainFlow(
  folder: string,
  scene: Scene,
): Promise<{ url: string; stop: () => void }> {
  await buildPage('plain-flow', folder);
  await writeFile(join(folder, 'tree.json'), JSON.stringify(treeOf(scene)));
  return servePage(folder);
}

function treeOf(scene: Scene) {
  const { boxes, parent, turns } = scene;
  const cards = Array.from({ length: scene.count }, (_, index) => ({
    id: idOf(scene, index),
    x: boxes.left[index] as number,
    y: boxes.top[index] as number,
    title: turns.tree.messages.get(idOf(scene, index))?.preview ?? scene.title,
  }));
  const lines = cards.slice(1).map(({ id }, at) => ({ from: idOf(scene, parent[at + 1] as number), to: id }));
  return { cards, lines };
}
