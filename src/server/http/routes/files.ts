/** `POST /api/files` and `GET /api/files/{hash}` (docs/protocol.md, "Files"). */
import { Hono } from 'hono';
import {
  AUDIO_LIMIT,
  fileName,
  isImage,
  ORIGINAL_LIMIT,
  Refusal,
  TEXT_TYPE,
} from '../../../protocol/index.ts';
import { chunksOf, tooLarge } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function fileRoutes({ files }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.post('/', async (c) => {
    const type = c.req.header('content-type') ?? '';
    if (type !== 'application/octet-stream') {
      throw new Refusal(415, 'file-type', 'A file must be sent as application/octet-stream.');
    }
    const as = c.req.query('as') === 'original' ? 'original' : 'file';
    const limit = as === 'original' ? ORIGINAL_LIMIT : AUDIO_LIMIT;
    if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge('A file', limit);
    return c.json(await files.add(chunksOf(c.req.raw), as));
  });
  app.all('/', methodNotAllowed('POST'));
  app.get('/:hash', async (c) => {
    const { hash } = c.req.param();
    // Pages ask for the headers of every file in sight: its first bytes tell them.
    const found =
      c.req.method === 'HEAD' ? { file: await files.look(hash), body: null } : await whole(files, hash);
    if (!found.file) throw new Refusal(404, 'not-found', 'This file is not here any more.');
    const headers = headersOf(found.file, c.req.query('name'));
    const range = found.body && rangeIn(c.req.header('range'), found.body.byteLength);
    if (!range) return new Response(found.body, { headers });
    const { from, to } = range;
    headers['content-range'] = `bytes ${from}-${to - 1}/${found.file.size}`;
    headers['content-length'] = String(to - from);
    return new Response(found.body.subarray(from, to), { status: 206, headers });
  });
  app.all('/:hash', methodNotAllowed('GET, HEAD'));
  return app;
}

async function whole(files: Services['files'], hash: string) {
  const read = await files.read(hash);
  if (!read) return { file: null, body: null };
  const { type, bytes } = read;
  return { file: { type, size: bytes.byteLength }, body: Buffer.from(bytes) };
}

/** Players ask for a part, and Safari plays nothing without. Null: all of it, also where several parts are asked for, or none there is. */
function rangeIn(
  asked: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < to ? { from, to } : null;
}

/** Images are shown; the rest, which may be a page or a document with scripts, is only ever saved. None runs anything. */
function headersOf(file: { type: string; size: number }, name: string | undefined): Record<string, string> {
  const image = isImage(file);
  const saved = name === undefined ? '' : namedAs(fileName(name));
  return {
    'content-type': file.type === TEXT_TYPE ? `${TEXT_TYPE}; charset=utf-8` : file.type,
    'content-length': String(file.size),
    'accept-ranges': 'bytes',
    'content-disposition': `${image ? 'inline' : 'attachment'}${saved}`,
    'content-security-policy': "default-src 'none'; sandbox",
    // Its name is its content.
    'cache-control': 'private, max-age=31536000, immutable',
  };
}

/** The name of a download, for `content-disposition`, as RFC 8187 wants it: fewer characters pass than with `encodeURIComponent`. */
export function namedAs(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `; filename*=UTF-8''${encoded}`;
}
