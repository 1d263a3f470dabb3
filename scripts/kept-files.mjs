/** Lists what a browser is to keep of the built page, so that it can be opened without a network (public/sw.js). Only Node built-ins. */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Larger files, in bytes, are kept once they were used: what draws diagrams, PDFs and pictures of phones is most of the page, and rare. */
const LARGEST = 600_000;
/** Every browser the page is built for takes the third form of a font. */
const OTHER_FONTS = /\.(ttf|woff)$/;

/** Writes `kept-files.json` into `folder`, a list of addresses. Returns it. */
export async function writeKeptFiles(folder) {
  const kept = [];
  for (const name of (await readdir(join(folder, 'assets'))).sort()) {
    const { size } = await stat(join(folder, 'assets', name));
    if (size <= LARGEST && !OTHER_FONTS.test(name)) kept.push(`/assets/${name}`);
  }
  await writeFile(join(folder, 'kept-files.json'), JSON.stringify(kept));
  return kept;
}
