/** The app on Node's HTTP server. */
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { Refusal } from '../../protocol/index.ts';
import { problemResponse } from './kit/problems.ts';
import type { AppEnv } from './kit/services.ts';
import { withSecurityHeaders } from './middleware/security.ts';

/** Longer than browsers keep idle connections themselves, so that none is closed under a request on its way. */
const KEEP_ALIVE_MS = 75_000;
/** For the headers; how long a body may take is for those who read it (kit/body.ts). */
const HEADERS_MS = 60_000;

/** A server that does not listen yet. */
export function createNodeServer(app: Hono<AppEnv>): Server {
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
    // Only requests that never reached the app: a target or a Host that is no address.
    errorHandler: () =>
      withSecurityHeaders(
        problemResponse(new Refusal(400, 'bad-request', 'The address of the request is not understood.')),
      ),
  });
  return createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: 0 },
    (request, response) => void listener(request, response),
  );
}
