/** `GET /api/find` (docs/protocol.md, "Reads"): words in a whole conversation, or in all of them. */
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { everywhereQueryOf, type FoundEverywhere } from '../../../protocol/find/everywhere.ts';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';
import { idSchema, Refusal } from '../../../protocol/index.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

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
    const { searchParams } = new URL(c.req.url);
    if (!searchParams.has('conversation')) {
      const found = await everywhere(conversations, searchParams, c.get('token')?.conversation);
      return c.json(found, 200, { 'cache-control': 'no-store' });
    }
    const asked = querySchema.safeParse(Object.fromEntries(searchParams));
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

/** @param only the conversation that the token is for */
async function everywhere(
  conversations: Services['conversations'],
  params: URLSearchParams,
  only: string | undefined,
): Promise<FoundEverywhere> {
  const choices = params.get('choices') === '1';
  const rest = new URLSearchParams(params);
  rest.delete('choices');
  const query = everywhereQueryOf(rest);
  if (typeof query === 'string') throw new Refusal(400, 'bad-request', query);
  if (only === undefined) return conversations.findEverywhere(query, choices);
  // Names of models and labels are of all conversations, and so is how far they are read.
  const { reading: _, ...found } = await conversations.findEverywhere({ ...query, conversation: only });
  return found;
}

function sentenceFor(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return issue
    ? `${issue.path.join('.') || 'The address'}: ${issue.message}`
    : 'The address is not understood.';
}
