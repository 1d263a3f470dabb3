/** `POST /api/shares/{name}` for the owner, and `GET /s/{secret}` for whoever has the link (docs/protocol.md, "Sharing"). */
import { Hono } from 'hono';
import { LANGUAGE } from '../../../protocol/language.ts';
import { shareCommands, shareNames } from '../../../protocol/requests/shares.ts';
import { PAGE_POLICY } from '../../transfer/export/html/script.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function shareRoutes({ shares }: Pick<Services, 'shares'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of shareNames) {
    app.post(`/${name}`, async (c) => {
      const input = await readBody(c.req.raw, shareCommands[name].input);
      return c.json(await shares.execute(name, input as never), 200, { 'cache-control': 'no-store' });
    });
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  return app;
}

/** Nothing of this Bough but the frozen page, which asks for nothing more. */
export function sharedRoutes({ shares }: Pick<Services, 'shares'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/:secret', async (c) => {
    const html = await shares.page(c.req.param('secret'));
    return new Response(html ?? GONE, {
      status: html === null ? 404 : 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${PAGE_POLICY}; frame-ancestors 'none'`,
        'x-robots-tag': 'noindex, nofollow',
        'cache-control': 'no-store',
      },
    });
  });
  app.all('/:secret', methodNotAllowed('GET, HEAD'));
  return app;
}

const GONE = `<!doctype html>
<html lang="${LANGUAGE}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>Not shared any more</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style></head>
<body><h1>Not shared any more</h1><p>This link has ended or was taken back, or its address is mistyped. Ask whoever gave it to you for another one.</p></body></html>
`;
