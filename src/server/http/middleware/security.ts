/** Who may ask, and what a browser may do with the answers (docs/protocol.md, "Security"). */
import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { isLoopback } from '../../settings.ts';
import type { AppEnv, GateOptions } from '../kit/services.ts';
import { isService } from './cross-origin.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CSP = 'content-security-policy';
/** An answer may bring its own: a file a stricter policy, a frame that of a document which this page alone may show. */
const BROUGHT: ReadonlySet<string> = new Set([CSP, 'x-frame-options']);

const HEADERS: Readonly<Record<string, string>> = {
  [CSP]: CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()',
};

/** Sets the headers on every answer, refusals included. */
export function securityHeaders(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!BROUGHT.has(name) || !headers.has(name)) headers.set(name, value);
    }
  };
}

/** For answers made outside the app: the same headers. */
export function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
}

/** The `Host` values of a server: loopback names, what it listens on, what it is called, each with its port (none where it is 80). */
export function hostsOf(host: string, port: number): ReadonlySet<string> {
  const own = hostname().toLowerCase();
  const elsewhere = isLoopback(host) ? [] : [own, `${own.replace(/\.local$/, '')}.local`];
  const listened = ['0.0.0.0', '::'].includes(host) ? [] : [bracketed(host)];
  const names = new Set(['localhost', '127.0.0.1', '[::1]', ...listened, ...elsewhere]);
  return new Set([...names].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}

export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * Refuses what another site's page sends: by name (a foreign `Host`: DNS rebinding), by origin, by what the browser says
 * of the initiator. Following a link from elsewhere to the page is fine; nothing else from elsewhere is, but for the origins that were
 * listed.
 */
export function onlyFromHere(
  hosts: () => ReadonlySet<string>,
  { needed, publicUrl, origins = [] }: Pick<GateOptions, 'needed' | 'publicUrl' | 'origins'>,
): MiddlewareHandler<AppEnv> {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? '';
    const named =
      hosts().has(host) || host === publicHost || (needed && host === addressAsked(c.env.incoming));
    if (!named) throw foreignHost(needed);
    const origin = c.req.header('origin');
    const foreign =
      origin !== undefined && origin !== publicUrl && (host === publicHost || origin !== `http://${host}`);
    if (foreign && origins.includes(origin) && isService(c.req.path)) c.set('elsewhere', origin);
    else if (foreign || (fromElsewhere(c.req.header('sec-fetch-site')) && !followsLink(c.req))) {
      throw new Refusal(
        403,
        'foreign-origin',
        'This was asked by another site, which may not use this server.',
      );
    }
    await next();
  };
}

/** The address and port a connection came in at: a server that listens on several is known by each. */
function addressAsked({ socket }: IncomingMessage): string {
  const { localAddress = '', localPort } = socket;
  return `${bracketed(localAddress.replace(/^::ffff:/, ''))}:${localPort}`;
}

const foreignHost = (needed: boolean): Refusal =>
  new Refusal(
    421,
    'foreign-host',
    needed
      ? 'This server does not know itself by that name. Behind a reverse proxy set BOUGH_PUBLIC_URL to its address.'
      : 'This server answers only to its own name on this computer. Behind a proxy set BOUGH_PUBLIC_URL to its address.',
  );

/** `same-site` is elsewhere too: another port of localhost is another program. */
const fromElsewhere = (site: string | undefined): boolean => site === 'cross-site' || site === 'same-site';

function followsLink(req: {
  method: string;
  path: string;
  header(name: string): string | undefined;
}): boolean {
  return (
    req.method === 'GET' &&
    req.header('sec-fetch-mode') === 'navigate' &&
    req.header('sec-fetch-dest') === 'document' &&
    !/^\/(api|v1)(\/|$)/.test(req.path)
  );
}
