/** The app asked in its own process, as somebody on this computer asks it over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { AppEnv } from './kit/services.ts';

/** @param port of the name it is asked by */
export function inProcessFetch(app: Hono<AppEnv>, port: number): typeof globalThis.fetch {
  const socket = { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1', localPort: port };
  const incoming = { socket, headers: {} } as unknown as IncomingMessage;
  return async (input, init) => {
    const cut = new AbortController();
    const outgoing = { once: () => {}, destroy: () => cut.abort() } as unknown as ServerResponse;
    const request = new Request(input, init);
    request.headers.set('host', `127.0.0.1:${port}`);
    const response = await app.fetch(request, { incoming, outgoing });
    if (!response.body) return response;
    // Over a socket either end can cut what is still being answered.
    const signal = init?.signal ? AbortSignal.any([init.signal, cut.signal]) : cut.signal;
    const body = response.body.pipeThrough(new TransformStream(), { signal });
    return new Response(body, response);
  };
}
