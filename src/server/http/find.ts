/** `GET /api/find` (docs/protocol.md, "Reads"): words in a whole conversation. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { FIND_LIMIT } from '../../protocol/find.ts';
import { idSchema, Refusal } from '../../protocol/index.ts';
import { methodNotAllowed } from './kit/problems.ts';
import type { AppEnv, Services } from './kit/services.ts';

const number = z.pipe(
  z.string().check(z.regex(/^\d{1,16}$/, 'Not a number.')),
  z.transform((text) => Number(text)),
);
const text = z.string().check(z.maxLength(FIND_LIMIT, `At most ${FIND_LIMIT} characters can be looked for.`));

const querySchema = z.strictObject({
  conversation: idSchema,
  q: z._default(text, ''),
  role: z.optional(z.enum(['user', 'assistant', 'system'])),
  model: z.optional(text),
  label: z.optional(text),
  after: z.optional(number),
  before: z.optional(number),
  starred: z.optional(z.literal('1')),
  asides: z.optional(z.literal('1')),
  skip: z.optional(number),
});

export function findRoutes({ conversations }: Pick<Services, 'conversations'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', async (c) => {
    const asked = querySchema.safeParse(Object.fromEntries(new URL(c.req.url).searchParams));
    if (!asked.success) throw new Refusal(400, 'bad-request', sentenceFor(asked.error));
    const { conversation, q, skip = 0, starred, asides, ...query } = asked.data;
    const found = await conversations.find(
      conversation,
      { ...query, words: q, starred: starred === '1', asides: asides === '1' },
      skip,
    );
    return c.json(found, 200, { 'cache-control': 'no-store' });
  });
  app.all('/', methodNotAllowed('GET, HEAD'));
  return app;
}

function sentenceFor(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return issue
    ? `${issue.path.join('.') || 'The address'}: ${issue.message}`
    : 'The address is not understood.';
}
