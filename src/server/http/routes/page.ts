/** The page: `index.html` for every address of the app, assets that never change, the rest of the built files. */
import { type Context, Hono } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { acceptedEncodings } from '../kit/compress-answers.ts';
import type { BuiltPage, Encoding, PageFile } from '../kit/page-files.ts';
import { methodNotAllowed, problemResponse } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

/** Addresses of the app itself; what they show is decided in the browser. */
const APP = ['/', '/c/:conversation', '/find', '/settings', '/settings/:section'];

export function pageRoutes({ page }: Pick<Services, 'page'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const path of APP) {
    app.get(path, (c) => (page ? send(c, page, '/index.html') : notBuilt()));
    app.all(path, methodNotAllowed('GET, HEAD'));
  }
  app.get('/*', (c, next) => {
    if (page?.has(c.req.path)) return send(c, page, c.req.path);
    return page && mistyped(c) ? send(c, page, '/index.html', 404) : next();
  });
  return app;
}

/** A person at an address that is none: the page says so, with a way back. Programs get a problem. */
const mistyped = (c: Context<AppEnv>): boolean =>
  (c.req.header('accept') ?? '').includes('text/html') && !/^\/(api|v1|assets)\//.test(c.req.path);

const notBuilt = (): Response =>
  problemResponse(new Refusal(404, 'not-found', 'The page is not built yet: npm start builds it.'));

async function send(c: Context<AppEnv>, page: BuiltPage, address: string, status = 200): Promise<Response> {
  const file = page.get(address) as PageFile;
  const encoding = chosen(file, c.req.header('accept-encoding') ?? '');
  const etag = `"${file.etag}-${encoding}"`;
  const headers = {
    'content-type': file.type,
    'cache-control': address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
    vary: 'accept-encoding',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  if (status === 200 && c.req.header('if-none-match') === etag)
    return new Response(null, { status: 304, headers });
  const bytes = await file.bytes(encoding);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    status,
    headers: { ...headers, 'content-length': String(bytes.byteLength) },
  });
}

/** The best encoding the header names; what it excludes with `q=0` is not named. */
function chosen(file: PageFile, accepted: string): Encoding {
  const named = acceptedEncodings(accepted);
  return file.encodings.find((encoding) => encoding === 'identity' || named.has(encoding)) ?? 'identity';
}
