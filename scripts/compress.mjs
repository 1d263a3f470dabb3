/** Compresses the built page beside its files, so that the server need not do it while the first page is waited for. Only Node built-ins. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** As the server takes them (src/server/http/kit/page-files.ts); what is small is sent as it is. */
const TYPES = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);
const WORTH = 1000;
/** Of 11: the two above take ten times as long for a twentieth less. */
const QUALITY = 9;

/** Writes a `.br` beside every file of `folder` that gets smaller by it. Returns how many. */
export async function compressPage(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && TYPES.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  const written = await Promise.all(paths.map(compressFile));
  return written.filter(Boolean).length;
}

async function compressFile(path) {
  const content = await readFile(path);
  if (content.byteLength < WORTH) return false;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  const small = await promisify(brotliCompress)(content, { params });
  if (small.byteLength >= content.byteLength) return false;
  await writeFile(`${path}.br`, small);
  return true;
}
