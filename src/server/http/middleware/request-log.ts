/** One log line a request (decision 0042). */
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { parseStream } from '../../../protocol/index.ts';
import type { Log } from '../../log.ts';
import { STREAM_PREFIX } from '../kit/read-query.ts';
import type { AppEnv } from '../kit/services.ts';

/** Written when the answer is over, live ones included. `bytes` are those sent, headers included; `cut`: the reader left first. */
export function requestLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { outgoing } = c.env;
    const { socket } = outgoing;
    const started = performance.now();
    const sent = socket?.bytesWritten ?? 0;
    const route = routeOf(
      c.req.path,
      matchedRoutes(c).map((matched) => matched.path),
    );
    outgoing.once('close', () => {
      const line = {
        method: c.req.method,
        route,
        status: outgoing.statusCode,
        ms: Math.round(performance.now() - started),
        bytes: (socket?.bytesWritten ?? 0) - sent,
        ...(!outgoing.writableFinished && { cut: true }),
      };
      if (quiet(route) && outgoing.statusCode < 400) log.debug(line);
      else log.info(line);
    });
    await next();
  };
}

const quiet = (route: string): boolean => !/^\/(api|v1)\//.test(route) || route === '/api/health';

const STREAMS = {
  conversations: 'conversations',
  outline: 'c/:conversation/outline',
  view: 'c/:conversation/view',
  offers: 'c/:conversation/offers',
  branch: 'c/:conversation/b/:branch',
  reply: 'c/:conversation/g/:message',
  input: 'c/:conversation/i/:message',
} as const;

/**
 * A path as the log names it: its pattern, without ids and without anything a stranger made up.
 * @param patterns of all that the router has for it, in the order of the app
 */
export function routeOf(path: string, patterns: readonly string[]): string {
  if (path.startsWith(STREAM_PREFIX)) {
    const name = parseStream(path.slice(STREAM_PREFIX.length));
    return STREAM_PREFIX + (name ? STREAMS[name.kind] : '*');
  }
  if (path.startsWith('/assets/')) return '/assets/*';
  const own = patterns.find((pattern) => !pattern.endsWith('*'));
  return own ?? (path.startsWith('/api/') ? '/api/*' : '*');
}
