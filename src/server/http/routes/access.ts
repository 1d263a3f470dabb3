/** `POST /api/access/{name}` (docs/protocol.md, "Access"). */
import { type Context, Hono } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import {
  type AccessCommand,
  type AccessInput,
  type AccessOutput,
  accessCommands,
} from '../../../protocol/requests/access.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed, problemResponse } from '../kit/problems.ts';
import type { AccessServices, AppEnv } from '../kit/services.ts';
import { forget, keep } from '../middleware/credentials.ts';
import { tooMany } from '../middleware/gate.ts';

export function accessRoutes(services: AccessServices): Hono<AppEnv> {
  const { tokens, needed, address } = services;
  const app = new Hono<AppEnv>();

  app.post('/sign-in', async (c) => {
    const { token } = await inputOf(c, 'sign-in');
    const checked = await tokens.check(token, c.env.incoming.socket.remoteAddress ?? '');
    if (checked.kind === 'limited') return tooMany(checked.wait);
    if (checked.kind === 'wrong') return problemResponse(wrong());
    if (checked.token.scope === 'writer') return problemResponse(forPrograms());
    keep(c, services, token.trim());
    const { name, scope } = checked.token;
    return answer(c, 'sign-in', { name, scope });
  });
  app.post('/sign-out', async (c) => {
    await inputOf(c, 'sign-out');
    forget(c, services);
    return answer(c, 'sign-out', {});
  });
  app.post('/list', async (c) => {
    await inputOf(c, 'list');
    const here = c.get('token')?.id;
    const told = (await tokens.list()).map((token) => ({
      ...token,
      ...(token.id === here && { here: true as const }),
    }));
    return answer(c, 'list', { needed, address: address(), tokens: told });
  });
  app.post('/make', async (c) => {
    return answer(c, 'make', await tokens.make(await inputOf(c, 'make')));
  });
  app.post('/revoke', async (c) => {
    await tokens.revoke((await inputOf(c, 'revoke')).id);
    return answer(c, 'revoke', {});
  });
  for (const name of Object.keys(accessCommands)) app.all(`/${name}`, methodNotAllowed('POST'));
  return app;
}

function inputOf<N extends AccessCommand>(c: Context<AppEnv>, name: N): Promise<AccessInput<N>> {
  return readBody(c.req.raw, accessCommands[name].input) as Promise<AccessInput<N>>;
}

const answer = <N extends AccessCommand>(c: Context<AppEnv>, _name: N, output: AccessOutput<N>): Response =>
  c.json(output as object, 200, { 'cache-control': 'no-store' });

const forPrograms = (): Refusal =>
  new Refusal(
    403,
    'not-for-writers',
    'This access token is for a program. To sign a browser in, make one that reads, or that reads and writes.',
  );

const wrong = (): Refusal =>
  new Refusal(
    401,
    'wrong-token',
    'This access token is not known here. It may have been revoked, or a part of it is missing.',
  );
