/** One log line a request (decision 0042). */
import type { MiddlewareHandler } from 'hono';
import type { Log } from '../log.ts';
import type { AppEnv } from './kit/services.ts';
import { routeOf } from './route-of.ts';

/** Written when the answer is over, live ones included. `bytes` are those sent, headers included; `cut`: the reader left first. */
export function requestLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { outgoing } = c.env;
    const { socket } = outgoing;
    const started = performance.now();
    const sent = socket?.bytesWritten ?? 0;
    const route = routeOf(c.req.path);
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
