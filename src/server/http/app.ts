/** The app: every route of the server, with what holds for all of them around it. */
import { Hono } from 'hono';
import { Refusal } from '../../protocol/index.ts';
import { EngineError } from '../engine/index.ts';
import type { Log } from '../log.ts';
import { compressed } from './kit/compress-answers.ts';
import { errorHandler, notFound } from './kit/problems.ts';
import type { AppEnv, Services } from './kit/services.ts';
import { crossOrigin } from './middleware/cross-origin.ts';
import { gate } from './middleware/gate.ts';
import { keptAs } from './middleware/kept-as.ts';
import { requestLog } from './middleware/request-log.ts';
import { onlyFromHere, securityHeaders } from './middleware/security.ts';
import { accessRoutes } from './routes/access.ts';
import { agentRoutes } from './routes/agents.ts';
import { commandRoutes } from './routes/commands.ts';
import { dataRoutes } from './routes/data.ts';
import { endpointRoutes } from './routes/endpoints.ts';
import { exportRoutes } from './routes/export.ts';
import { fileRoutes } from './routes/files.ts';
import { findRoutes } from './routes/find.ts';
import { folderRoutes } from './routes/folders.ts';
import { frameRoutes } from './routes/frame.ts';
import { importRoutes } from './routes/imports.ts';
import { factRoutes } from './routes/models-and-health.ts';
import { openingRoutes } from './routes/opening.ts';
import { pageRoutes } from './routes/page.ts';
import { promptRoutes } from './routes/prompts.ts';
import { sharedRoutes, shareRoutes } from './routes/shares.ts';
import { summaryRoutes } from './routes/summaries.ts';
import { liveRoutes } from './streams/live.ts';
import { readRoutes } from './streams/reads.ts';
import { writeRoutes } from './streams/writes.ts';

export function createApp(given: Services): Hono<AppEnv> {
  const { hosts, closing, access } = given;
  const log = untilClosing(given.log, closing);
  const services = { ...given, log };
  const app = new Hono<AppEnv>();
  app.onError(errorHandler(log));
  app.notFound(notFound);
  app.use(requestLog(log), securityHeaders(), onlyFromHere(hosts, access), crossOrigin(), gate(access));
  const kept = keptAs(services.engine, services.made ?? '');
  app.use('/api/*', kept).use('/v1/*', kept);
  app.use('/api/*', compressed()).use('/v1/*', compressed());
  app.use(async (_c, next) => {
    if (closing.aborted)
      throw new Refusal(503, 'engine-unavailable', 'Bough is closing. Try again once it runs.');
    await next();
  });
  app.route('/api/commands', commandRoutes(services));
  app.route('/api/live', liveRoutes(services));
  app.route('/api/access', accessRoutes(access));
  app.route('/api/files', fileRoutes(services));
  app.route('/api/find', findRoutes(services));
  app.route('/api/opening', openingRoutes(services));
  app.route('/api/imports', importRoutes(services));
  app.route('/api/export', exportRoutes(services));
  app.route('/api/shares', shareRoutes(services));
  app.route('/s', sharedRoutes(services));
  app.route('/api/summaries', summaryRoutes(services));
  app.route('/api/agents', agentRoutes(services));
  app.route('/api/folders', folderRoutes(services));
  app.route('/api/endpoints', endpointRoutes(services));
  app.route('/api/prompts', promptRoutes(services));
  app.route('/api/data', dataRoutes(services));
  app.route('/api', factRoutes(services));
  app.route('/v1/stream', writeRoutes(services));
  app.route('/v1/stream', readRoutes(services));
  app.route('/frame', frameRoutes());
  app.route('/', pageRoutes(services));
  return app;
}

/**
 * `log`, but that a request gets no answer of the storage is no error once `closing` has aborted: new requests are sent away, those in
 * hand are cut, and the engine is let go of.
 */
function untilClosing(log: Log, closing: AbortSignal): Log {
  return {
    ...log,
    error: (fields, cause) => {
      if (!closing.aborted || !isAway(cause)) log.error(fields, cause);
    },
  };
}

function isAway(cause: unknown): boolean {
  if (cause instanceof Refusal) return cause.status === 503;
  return cause instanceof EngineError && cause.kind === 'unavailable';
}
