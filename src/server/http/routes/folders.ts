/** `POST /api/folders/{name}` (docs/protocol.md, "Folders"). */
import { Hono } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { folderCommands, folderNames } from '../../../protocol/requests/folders.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function folderRoutes({ folders }: Pick<Services, 'folders'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of folderNames) {
    app.post(`/${name}`, async (c) => {
      if (!folders) throw new Refusal(422, 'no-agents', NO_FOLDERS);
      const input = await readBody(c.req.raw, folderCommands[name].input);
      return c.json(await folders.execute(name, input as never), 200, { 'cache-control': 'no-store' });
    });
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  return app;
}

const NO_FOLDERS =
  'Agents, and with them what is kept of their folders, are off here. Whoever runs this Bough can allow them with BOUGH_AGENTS=1.';
