import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compressPage } from './compress.mjs';

it('writes what a browser takes beside each file that gets smaller by it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bough-compress-'));
  try {
    const script = 'const words = "the same again";\n'.repeat(200);
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'assets', 'main.js'), script);
    await writeFile(join(folder, 'small.js'), 'go();');
    await writeFile(join(folder, 'picture.png'), Buffer.alloc(5000));
    expect(await compressPage(folder)).toBe(1);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.br'))).toEqual([
      join('assets', 'main.js.br'),
    ]);
    const small = await readFile(join(folder, 'assets', 'main.js.br'));
    expect(brotliDecompressSync(small).toString()).toBe(script);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
