/** The app: every route of the server, with what holds for all of them around it. */
import { Hono } from 'hono';
import { Refusal } from '../../protocol/index.ts';
import { accessRoutes } from './access.ts';
import { agentRoutes } from './agents.ts';
import { untilClosing } from './closing-log.ts';
import { commandRoutes } from './commands.ts';
import { crossOrigin } from './cross-origin.ts';
import { endpointRoutes } from './endpoints.ts';
import { exportRoutes } from './export.ts';
import { factRoutes } from './facts.ts';
import { fileRoutes } from './files.ts';
import { findRoutes } from './find.ts';
import { folderRoutes } from './folders.ts';
import { frameRoutes } from './frame.ts';
import { gate } from './gate.ts';
import { importRoutes } from './imports.ts';
import { keptAs } from './kept-as.ts';
import { errorHandler, notFound } from './kit/problems.ts';
import type { AppEnv, Services } from './kit/services.ts';
import { compressed } from './kit/wire.ts';
import { pageRoutes } from './page.ts';
import { promptRoutes } from './prompts.ts';
import { requestLog } from './request-log.ts';
import { onlyFromHere, securityHeaders } from './security.ts';
import { sharedRoutes, shareRoutes } from './shares.ts';
import { liveRoutes } from './streams/live.ts';
import { readRoutes } from './streams/reads.ts';
import { writeRoutes } from './streams/writes.ts';
import { summaryRoutes } from './summaries.ts';

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
  app.route('/api/imports', importRoutes(services));
  app.route('/api/export', exportRoutes(services));
  app.route('/api/shares', shareRoutes(services));
  app.route('/s', sharedRoutes(services));
  app.route('/api/summaries', summaryRoutes(services));
  app.route('/api/agents', agentRoutes(services));
  app.route('/api/folders', folderRoutes(services));
  app.route('/api/endpoints', endpointRoutes(services));
  app.route('/api/prompts', promptRoutes(services));
  app.route('/api', factRoutes(services));
  app.route('/v1/stream', writeRoutes(services));
  app.route('/v1/stream', readRoutes(services));
  app.route('/frame', frameRoutes());
  app.route('/', pageRoutes(services));
  return app;
}
