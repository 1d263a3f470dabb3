/** `POST /api/summaries` (docs/protocol.md, "Summaries"): a summary as a model writes it, a line of JSON at a time. */
import { Hono } from 'hono';
import { type SummaryLine, summaryRequestSchema } from '../../../protocol/requests/summaries.ts';
import { readBody } from '../kit/body.ts';
import { encoderFor } from '../kit/compress-answers.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { bodyOf, FLOWING } from '../streams/response-stream.ts';

/** A model may take long to begin, and what is between gives up on silence. */
const BEAT_MS = 5_000;

export function summaryRoutes({
  summaries,
  closing,
  log,
}: Pick<Services, 'summaries' | 'closing' | 'log'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.post('/', async (c) => {
    const request = await readBody(c.req.raw, summaryRequestSchema);
    const left = new AbortController();
    const lines = await summaries.write(request, AbortSignal.any([left.signal, closing]));
    const encoder = encoderFor(c);
    return new Response(
      bodyOf(texts(lines), () => left.abort(), log, encoder),
      { headers: { 'content-type': 'application/x-ndjson', ...FLOWING, ...encoder.headers } },
    );
  });
  app.all('/', methodNotAllowed('POST'));
  return app;
}

/** An empty line at once, and whenever nothing came for a while. */
async function* texts(lines: AsyncGenerator<SummaryLine, void>): AsyncGenerator<string, void> {
  yield '\n';
  try {
    let next = lines.next();
    for (;;) {
      const came = await firstOrBeat(next);
      if (came === BEAT) yield '\n';
      else if (came.done) return;
      else {
        yield `${JSON.stringify(came.value)}\n`;
        next = lines.next();
      }
    }
  } finally {
    void lines.return();
  }
}

const BEAT = Symbol('beat');

async function firstOrBeat<T>(next: Promise<T>): Promise<T | typeof BEAT> {
  let timer: NodeJS.Timeout | undefined;
  const beat = new Promise<typeof BEAT>((resolve) => {
    timer = setTimeout(() => resolve(BEAT), BEAT_MS);
  });
  try {
    return await Promise.race([next, beat]);
  } finally {
    clearTimeout(timer);
  }
}
