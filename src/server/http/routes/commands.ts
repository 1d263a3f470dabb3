/** `POST /api/commands/{name}` (docs/protocol.md, "Commands"). */
import { Hono } from 'hono';
import {
  type CommandInput,
  type CommandName,
  commandNames,
  commands,
  Refusal,
} from '../../../protocol/index.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function commandRoutes({ conversations }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of commandNames) {
    app.post(`/${name}`, async (c) =>
      c.json(await conversations.execute(name, await inputOf(name, c.req.raw))),
    );
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  app.all('/:name', () => {
    throw new Refusal(
      404,
      'not-found',
      'There is no such command. The page may be newer or older than the server: reload it.',
    );
  });
  return app;
}

function inputOf<N extends CommandName>(name: N, request: Request): Promise<CommandInput<N>> {
  return readBody(request, commands[name].input) as Promise<CommandInput<N>>;
}
