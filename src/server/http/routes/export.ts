/** `GET /api/export` (docs/protocol.md, "Transfer"): conversations as a file. */
import type { ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { exportManySchema, exportQuerySchema } from '../../../protocol/requests/transfer.ts';
import { type Exported, exportOf, exportOfMany } from '../../transfer/export/run.ts';
import { readBody } from '../kit/body.ts';
import { encoderFor, plain } from '../kit/compress-answers.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import { sentenceOf } from '../kit/schema-sentence.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { bodyOf, FLOWING } from '../streams/response-stream.ts';
import { namedAs } from './files.ts';

export function exportRoutes(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', async (c) => {
    const query = exportQuerySchema.safeParse(c.req.query());
    if (!query.success) throw new Refusal(400, 'bad-request', sentenceOf(query.error));
    return answerWith(c, services, await exportOf(services, query.data));
  });
  app.post('/', async (c) =>
    answerWith(c, services, exportOfMany(services, await readBody(c.req.raw, exportManySchema))),
  );
  app.all('/', methodNotAllowed('GET, POST'));
  return app;
}

function answerWith(
  c: Context<AppEnv>,
  { log }: Pick<Services, 'log'>,
  { name, type, pieces }: Exported,
): Response {
  // A zip is packed already.
  const encoder = type === 'application/zip' ? plain() : encoderFor(c);
  return new Response(
    bodyOf(wholeOrCut(pieces, c.env.outgoing), () => {}, log, encoder),
    {
      headers: {
        ...{ 'content-type': type, ...FLOWING, ...encoder.headers },
        'content-disposition': `attachment${namedAs(name)}`,
        'content-security-policy': "default-src 'none'; sandbox",
      },
    },
  );
}

/** Where it cannot be finished the connection breaks: a part of a file must not look like the whole. */
async function* wholeOrCut(
  pieces: Exported['pieces'],
  outgoing: Pick<ServerResponse, 'destroy'>,
): Exported['pieces'] {
  try {
    yield* pieces;
  } catch (error) {
    outgoing.destroy();
    throw error;
  }
}
