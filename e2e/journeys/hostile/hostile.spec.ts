import { expect, test } from '../../fixtures.ts';

const HOSTILE = [
  '<script>window.owned = 1</script>',
  '<img src="https://evil.example/a.png" onerror="window.owned = 1">',
  '![a picture](https://evil.example/pixel.png)',
  '[press me](javascript:window.owned=1)',
  '[data](data:text/html,<script>window.owned=1</script>)',
  '<iframe src="https://evil.example"></iframe>',
  '<svg onload="window.owned=1"></svg>',
].join('\n\n');

test('a hostile reply runs nothing and fetches nothing', async ({ chat, page }) => {
  await chat.openNew(/^echo/);
  const reply = await chat.ask(HOSTILE, 2);
  await expect(reply.getByRole('button', { name: /Image from evil\.example/ })).toBeVisible();
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  await expect(reply.locator('script, iframe, svg[onload], img')).toHaveCount(0);
  await expect(reply.locator('a[href^="javascript:"], a[href^="data:"]')).toHaveCount(0);
});

test('a foreign origin and a foreign host are refused', async ({ chat, request }) => {
  const foreign = await request.post(`${chat.url}/api/commands/create`, {
    headers: { origin: 'https://evil.example' },
    data: { conversation: 'abcdefgh' },
  });
  expect(foreign.status()).toBe(403);
  const host = await request.get(`${chat.url}/v1/stream/conversations?offset=-1`, {
    headers: { host: 'evil.example' },
  });
  expect(host.status()).toBe(421);
});
