/** The small reads: models and health. */
import { Hono } from 'hono';
import { ASIDES_DAYS } from '../../../protocol/index.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function factRoutes({ models, version, asidesDays = ASIDES_DAYS }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/models', async (c) => c.json(await models.list(), 200, { 'cache-control': 'no-store' }));
  app.get('/health', (c) => c.json({ ok: true, version, asidesDays }, 200, { 'cache-control': 'no-store' }));
  app.all('/models', methodNotAllowed('GET, HEAD'));
  app.all('/health', methodNotAllowed('GET, HEAD'));
  return app;
}
