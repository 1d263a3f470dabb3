/** `GET /api/opening` (docs/protocol.md, "Reads"): what a conversation opens with. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { idSchema, Refusal } from '../../../protocol/index.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

const placeSchema = z.strictObject({
  conversation: idSchema,
  through: z.optional(idSchema),
  at: z.optional(idSchema),
});

export function openingRoutes({ conversations }: Pick<Services, 'conversations'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', async (c) => {
    const asked = placeSchema.safeParse(Object.fromEntries(new URL(c.req.url).searchParams));
    if (!asked.success) throw new Refusal(400, 'bad-request', 'The address is not understood.');
    const { conversation, ...place } = asked.data;
    return c.json(await conversations.opening(conversation, place), 200, { 'cache-control': 'no-store' });
  });
  app.all('/', methodNotAllowed('GET, HEAD'));
  return app;
}
