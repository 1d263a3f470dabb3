/** How a token comes with a request: a header of a program, or the cookie of a browser. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type { AppEnv } from '../kit/services.ts';

interface CookieScope {
  readonly publicUrl?: string | undefined;
}

export interface ShownToken {
  readonly text: string;
  /** It came as a cookie: its value. */
  readonly cookie?: string;
}

/** In seconds; begins anew whenever the page is opened. */
const KEPT = 90 * 24 * 3600;

export function shownBy(c: Context<AppEnv>, where: CookieScope): ShownToken | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { text: bearer };
  const cookie = getCookie(c, cookieName(c, where));
  return cookie ? { text: cookie, cookie } : null;
}

export function keep(c: Context<AppEnv>, where: CookieScope, token: string): void {
  setCookie(c, cookieName(c, where), token, { ...optionsAt(where), maxAge: KEPT });
}

export function forget(c: Context<AppEnv>, where: CookieScope): void {
  deleteCookie(c, cookieName(c, where), optionsAt(where));
}

const isSecure = ({ publicUrl }: CookieScope): boolean => publicUrl?.startsWith('https:') ?? false;

/**
 * Browsers keep cookies by host, whatever the port: two Boughs on one host each have their own. Those behind one public address are one to
 * a browser, which goes on with another when one dies.
 */
function cookieName(c: Context<AppEnv>, where: CookieScope): string {
  const port = where.publicUrl === undefined ? c.env.incoming.socket.localPort : portOf(where.publicUrl);
  return `${isSecure(where) ? '__Host-' : ''}bough-${port}`;
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
}

const optionsAt = (where: CookieScope): CookieOptions => ({
  ...{ path: '/', httpOnly: true, sameSite: 'Strict' },
  ...(isSecure(where) && { secure: true }),
});
