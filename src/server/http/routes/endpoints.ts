/** `POST /api/endpoints/{name}` (docs/protocol.md, "Endpoints"). */
import { Hono } from 'hono';
import { endpointCommands, endpointNames } from '../../../protocol/models/endpoints.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function endpointRoutes({ endpoints }: Pick<Services, 'endpoints'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of endpointNames) {
    app.post(`/${name}`, async (c) => {
      const input = await readBody(c.req.raw, endpointCommands[name].input);
      return c.json(await endpoints.execute(name, input as never), 200, { 'cache-control': 'no-store' });
    });
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  return app;
}
