/** The built page: its files listed once, each sent as small as the browser takes it. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface PageFile {
  readonly type: string;
  /** Changes with the content. */
  readonly etag: string;
  /** The encodings it is worth asking for, best first; `identity` last. */
  readonly encodings: readonly Encoding[];
  /** Its bytes; compressed at the first asking, kept then. */
  bytes(encoding: Encoding): Promise<Uint8Array>;
}

/** The files of a built page by address: `/index.html`, `/assets/main-1a2b3c.js`. Nothing else can be asked for. */
export type BuiltPage = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

const COMPRESSIBLE: ReadonlySet<string> = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.map',
  '.svg',
  '.txt',
]);
/** Below this many bytes a packet is sent either way. */
const WORTH_COMPRESSING = 1000;
const PRECOMPRESSED: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' };

const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};

/**
 * Reads the page from `folder`. A file with `.br` or `.gz` after its name is the one without it, compressed; in a package `.br` may stand alone.
 * @returns null when the folder holds no `index.html`: the page is not built.
 */
export async function loadPage(folder: string): Promise<BuiltPage | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const known = new Set(paths);
  const plain = new Set(
    paths.map((path) => (extname(path) in PRECOMPRESSED ? path.slice(0, -extname(path).length) : path)),
  );
  const files = await Promise.all(
    [...plain].map(async (path) => [addressOf(folder, path), await fileOf(path, known)] as const),
  );
  const page = new Map(files);
  return page.has('/index.html') ? page : null;
}

const addressOf = (folder: string, path: string): string => `/${relative(folder, path).split(sep).join('/')}`;

async function fileOf(path: string, known: ReadonlySet<string>): Promise<PageFile> {
  return known.has(path) ? plainFile(path, known) : packedFile(path);
}

/** One of which a package has only the compressed form: whoever cannot read that gets it unpacked, which is rare. */
async function packedFile(path: string): Promise<PageFile> {
  const small = await readFile(`${path}.br`);
  let whole: Promise<Uint8Array> | undefined;
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: etagOf(small),
    encodings: ['br', 'identity'],
    bytes(encoding) {
      if (encoding === 'br') return Promise.resolve(small);
      whole ??= promisify(brotliDecompress)(small);
      return whole;
    },
  };
}

const etagOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22);

async function plainFile(path: string, known: ReadonlySet<string>): Promise<PageFile> {
  const content = await readFile(path);
  const extension = extname(path);
  const variants = new Map<Encoding, Promise<Uint8Array>>([['identity', Promise.resolve(content)]]);
  for (const [suffix, encoding] of Object.entries(PRECOMPRESSED)) {
    if (known.has(path + suffix)) variants.set(encoding, readFile(path + suffix));
  }
  const compressible = COMPRESSIBLE.has(extension) && content.byteLength >= WORTH_COMPRESSING;
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    etag: etagOf(content),
    encodings: compressible
      ? ['br', 'gzip', 'identity']
      : (['br', 'gzip', 'identity'] as const).filter((e) => variants.has(e)),
    bytes(encoding) {
      const held = variants.get(encoding) ?? compressors[encoding as 'br' | 'gzip'](content);
      variants.set(encoding, held);
      return held;
    },
  };
}
