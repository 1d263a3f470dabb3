/** `POST /api/prompts/{name}` (docs/protocol.md, "Prompts"). */
import { Hono } from 'hono';
import { promptCommands, promptNames } from '../../../protocol/requests/prompts.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function promptRoutes({ prompts }: Pick<Services, 'prompts'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of promptNames) {
    app.post(`/${name}`, async (c) => {
      const input = await readBody(c.req.raw, promptCommands[name].input);
      return c.json(await prompts.execute(name, input as never), 200, { 'cache-control': 'no-store' });
    });
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  return app;
}
