/**
 * Who gets in (docs/security.md): on this computer alone whoever asks, elsewhere whoever shows an access token. Everything but
 * the page itself and the sign-in is behind it.
 */
import type { ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { type AccessToken, accessPath, SCOPE_HEADER } from '../../../protocol/requests/access.ts';
import type { Checked } from '../../access/index.ts';
import { isProxied } from '../kit/compress-answers.ts';
import { problemResponse } from '../kit/problems.ts';
import { STREAM_PREFIX, streamOf } from '../kit/read-query.ts';
import type { AppEnv, GateOptions } from '../kit/services.ts';
import { isOf, notForWriters } from '../kit/token-scope.ts';
import { forget, keep, shownBy } from './credentials.ts';

/** What a read-only token may do, and a writer's too. All else, whatever is added later, is for owners. */
const READS: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', /^\/v1\/stream\//],
  ['GET', /^\/api\/(models|health|find|opening)$/],
  ['GET', /^\/api\/files\/[^/]+$/],
  ['POST', /^\/api\/live$/],
];

/** What a writer's token may do further. */
const WRITES: readonly (readonly [method: string, path: RegExp])[] = [
  ['PUT', /^\/v1\/stream\//],
  ['POST', /^\/v1\/stream\//],
  ['POST', /^\/api\/files$/],
];

const OPEN: ReadonlySet<string> = new Set([accessPath('sign-in'), accessPath('sign-out')]);

export function gate(options: GateOptions): MiddlewareHandler<AppEnv> {
  const { tokens, needed } = options;
  const held = new Held();
  tokens.onRevoked((id) => held.cut(id));
  return async (c, next) => {
    const isElsewhere = c.get('elsewhere') !== undefined;
    const given = shownBy(c, options);
    const shown = isElsewhere && given?.cookie !== undefined ? null : given;
    // A program that shows a token on this computer is who the token says.
    const isNamed = shown !== null && shown.cookie === undefined;
    if (!needed && !isProxied(c) && !isElsewhere && !isNamed) return next();
    const checked = shown && (await tokens.check(shown.text, c.env.incoming.socket.remoteAddress ?? ''));
    if (checked?.kind === 'good') {
      c.set('token', checked.token);
      if (!isOpen(c) && !isAllowed(c, checked.token)) throw refusalFor(checked.token);
      if (c.req.path !== accessPath('revoke')) held.add(checked.token.id, c.env.outgoing);
      await next();
      if (isPage(c.req.path)) renew(c, options, shown?.cookie);
      else c.res.headers.set(SCOPE_HEADER, checked.token.scope);
      return;
    }
    if (isOpen(c)) return next();
    if (shown?.cookie && checked?.kind === 'wrong') forget(c, options);
    const nobody = isElsewhere ? FROM_ELSEWHERE : needed ? SIGNED_OUT : UNASKED;
    return refused(c, checked, isNamed ? UNKNOWN : nobody);
  };
}

const isPage = (path: string): boolean => !/^\/(api|v1)(\/|$)/.test(path);
/** What is answered whoever asks. */
export const isOpen = (c: Context<AppEnv>): boolean => isPage(c.req.path) || OPEN.has(c.req.path);

function isAllowed(c: Context<AppEnv>, token: AccessToken): boolean {
  const { req } = c;
  const asked = req.method === 'HEAD' ? 'GET' : req.method;
  const may = (list: typeof READS) => list.some(([method, path]) => method === asked && path.test(req.path));
  if (token.scope === 'owner') return true;
  if (token.scope === 'read-only') return may(READS);
  return (may(READS) || may(WRITES)) && isWithin(new URL(req.url), token.conversation);
}

/** Whether it is about the conversation, as far as the address says; the live connection says it in its body. */
function isWithin({ pathname, searchParams }: URL, conversation: string | undefined): boolean {
  if (conversation === undefined) return true;
  if (pathname.startsWith(STREAM_PREFIX)) return isOf(conversation, streamOf(pathname));
  return searchParams.getAll('conversation').every((asked) => asked === conversation);
}

/** Whoever opens the page stays signed in. */
function renew(c: Context<AppEnv>, options: GateOptions, cookie: string | undefined): void {
  if (cookie !== undefined && !c.req.path.startsWith('/assets/')) keep(c, options, cookie);
}

function refusalFor({ scope, conversation }: AccessToken): Refusal {
  return scope === 'writer' ? notForWriters(conversation) : readOnly();
}

const readOnly = (): Refusal =>
  new Refusal(
    403,
    'read-only',
    'This access token reads and changes nothing. Ask the owner of this Bough for another one to write.',
  );

function refused(c: Context<AppEnv>, checked: Checked | null, sentence: string): Response {
  const response = checked?.kind === 'limited' ? tooMany(checked.wait) : signedOut(sentence);
  // What `forget` set.
  for (const cookie of c.res.headers.getSetCookie()) response.headers.append('set-cookie', cookie);
  return response;
}

const SIGNED_OUT = 'You are not signed in here. Sign in with an access token.';
const UNASKED =
  'This came through a proxy, and Bough serves this computer only. Set BOUGH_PUBLIC_URL to the address of the proxy: Bough then asks for access tokens.';
const UNKNOWN =
  'This access token is not known here: it was revoked, or is of another Bough. Ask the owner of this Bough for another one.';
const FROM_ELSEWHERE = 'A page of another site needs an access token, sent as “Authorization: Bearer …”.';

const signedOut = (sentence: string): Response =>
  problemResponse(new Refusal(401, 'signed-out', sentence), { 'www-authenticate': 'Bearer' });

export function tooMany(wait: number): Response {
  const seconds = Math.ceil(wait / 1000);
  const sentence = `Too many wrong access tokens were tried. Try again in ${seconds} seconds.`;
  return problemResponse(new Refusal(429, 'too-many-attempts', sentence), { 'retry-after': `${seconds}` });
}

/** Answers being given, by the token they were asked with. */
class Held {
  private readonly answers = new Map<string, Set<ServerResponse>>();

  add(id: string, answer: ServerResponse): void {
    const answers = this.answers.get(id) ?? new Set();
    this.answers.set(id, answers.add(answer));
    answer.once('close', () => {
      answers.delete(answer);
      if (answers.size === 0 && this.answers.get(id) === answers) this.answers.delete(id);
    });
  }

  cut(id: string): void {
    for (const answer of this.answers.get(id) ?? []) answer.destroy();
  }
}
