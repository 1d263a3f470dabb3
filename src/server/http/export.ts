/** `GET /api/export` (docs/protocol.md, "Transfer"): conversations as a file. */
import { Hono } from 'hono';
import { Refusal } from '../../protocol/index.ts';
import { exportQuerySchema } from '../../protocol/transfer.ts';
import { exportOf } from '../transfer/export/run.ts';
import { namedAs } from './files.ts';
import { methodNotAllowed } from './kit/problems.ts';
import { sentenceOf } from './kit/sentence.ts';
import type { AppEnv, Services } from './kit/services.ts';
import { encoderFor } from './kit/wire.ts';
import { bodyOf, FLOWING } from './streams/response-stream.ts';

export function exportRoutes(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', async (c) => {
    const query = exportQuerySchema.safeParse(c.req.query());
    if (!query.success) throw new Refusal(400, 'bad-request', sentenceOf(query.error));
    const { name, type, texts } = await exportOf(services, query.data);
    const encoder = encoderFor(c);
    return new Response(
      bodyOf(texts, () => {}, services.log, encoder),
      {
        headers: {
          ...{ 'content-type': type, ...FLOWING, ...encoder.headers },
          'content-disposition': `attachment${namedAs(name)}`,
          'content-security-policy': "default-src 'none'; sandbox",
        },
      },
    );
  });
  app.all('/', methodNotAllowed('GET'));
  return app;
}
