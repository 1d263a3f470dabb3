import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findBrowser, launchArgs } from '../../../scripts/browser.mjs';
import { expect, test } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';

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

test('a page that opens Bough in a window has no hold on it', async ({ bough, playwright }) => {
  const foreign = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<button onclick="opened = window.open('${bough.url}')">Open</button>`);
  }).listen(0, '127.0.0.1');
  // As people have it: those of the journeys do not part windows (manyPagesArgs).
  const executablePath = await findBrowser();
  const args = launchArgs();
  const browser = await playwright.chromium.launch({ ...(executablePath && { executablePath }), args });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}`);
  const opening = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Open' }).click();
  const chat = new ChatPage(await opening, bough.url);
  await chat.box.waitFor();
  expect(await chat.page.evaluate(() => window.opener)).toBeNull();
  expect(await page.evaluate('opened.closed')).toBe(true);
  await browser.close();
  foreign.close();
});
