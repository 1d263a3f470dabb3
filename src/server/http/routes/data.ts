/** `GET /api/data/…` (docs/protocol.md, "Data"): what is kept, for owners. */
import { Hono } from 'hono';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function dataRoutes({
  conversations,
  sizes,
}: Pick<Services, 'conversations' | 'sizes'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/sizes', async (c) => {
    const told = await sizes.look({ anew: c.req.query('anew') === '1' });
    return c.json(told, 200, { 'cache-control': 'no-store' });
  });
  app.get('/hidden', async (c) => c.json(await conversations.hidden(), 200, { 'cache-control': 'no-store' }));
  app.all('/sizes', methodNotAllowed('GET, HEAD'));
  app.all('/hidden', methodNotAllowed('GET, HEAD'));
  return app;
}
