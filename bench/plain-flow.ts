/** Builds the page with React Flow alone into a folder and serves it with a tree. The caller stops it. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { idOf, type Scene } from '../src/ui/features/explorer/scene/scene.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

export async function servePlainFlow(
  folder: string,
  scene: Scene,
): Promise<{ url: string; stop: () => void }> {
  const root = join(import.meta.dirname, 'plain-flow');
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 2_000 },
  });
  await writeFile(join(folder, 'tree.json'), JSON.stringify(treeOf(scene)));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path === '/' ? '/index.html' : path;
    readFile(join(folder, name)).then(
      (body) => response.setHeader('content-type', TYPES[extname(name)] ?? 'text/plain').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
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
