/** Answers that pages of the origins in `BOUGH_ORIGINS` may read (CORS). They come with a bearer token; a cookie counts for nothing. */
import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from '../kit/services.ts';

const READABLE = [
  'Bough-Access',
  'Bough-Kept-As',
  'Bough-Segment',
  'ETag',
  'Location',
  'Producer-Epoch',
  'Producer-Expected-Seq',
  'Producer-Received-Seq',
  'Producer-Seq',
  'Retry-After',
  'Stream-Closed',
  'Stream-Cursor',
  'Stream-Next-Offset',
  'Stream-Up-To-Date',
].join(', ');

/** How long a browser remembers what it may ask, in seconds. */
const REMEMBERED = 600;

/** What may be asked from elsewhere; the page itself may not. */
export const isService = (path: string): boolean => /^\/(api|v1)(\/|$)/.test(path);

/** For whom `onlyFromHere` let through from elsewhere. */
export function crossOrigin(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const origin = c.get('elsewhere');
    if (origin === undefined) return next();
    if (c.req.method === 'OPTIONS') return preflight(c, origin);
    await next();
    c.res.headers.set('access-control-allow-origin', origin);
    c.res.headers.set('access-control-expose-headers', READABLE);
    c.res.headers.append('vary', 'Origin');
  };
}

function preflight(c: Context<AppEnv>, origin: string): Response {
  const asked = c.req.header('access-control-request-headers');
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
      ...(asked !== undefined && { 'access-control-allow-headers': asked }),
      'access-control-max-age': String(REMEMBERED),
      vary: 'Origin, Access-Control-Request-Headers',
    },
  });
}
