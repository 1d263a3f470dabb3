import { expect, test } from '../fixtures.ts';

test('a long reply with table, code, maths and lists is formatted, and its code can be copied', async ({
  chat,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openNew();
  await chat.chooseModel(/^echo/);
  const source = [
    '# A heading',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '```js\nconst answer = 42;\n```',
    'The sum is $$x^2 + y^2$$ and it costs $5 or $6.',
    '- [x] done\n- [ ] to do',
  ].join('\n\n');
  const reply = await chat.ask(source, 2);
  await expect(reply.getByRole('table')).toBeVisible();
  await expect(reply.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await expect(reply.locator('math').first()).toBeAttached();
  await expect(reply).toContainText('it costs $5 or $6.');
  await expect(reply.getByRole('img', { name: /^Done/ })).toBeVisible();
  await expect(reply.getByRole('img', { name: /^To do/ })).toBeVisible();
  await reply.getByRole('button', { name: /copy code/i }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('const answer = 42;');
});

test('reasoning and tools are folded and can be opened', async ({ chat }) => {
  await chat.openNew();
  await chat.chooseModel(/Demo: reasoning/);
  const thinking = (await chat.ask('Think first', 2)).getByRole('button', { name: /^Thought/ });
  await expect(thinking).toHaveAttribute('aria-expanded', 'false');
  await thinking.click();
  await expect(thinking).toHaveAttribute('aria-expanded', 'true');
  await chat.chooseModel(/Demo: tools/);
  const tool = (await chat.ask('Use a tool', 4)).locator('[aria-expanded]').first();
  await expect(tool).toHaveAttribute('aria-expanded', 'false');
});

test('the reader who scrolled up is left in peace, and can jump to the latest', async ({ chat, page }) => {
  await chat.openNew();
  await chat.chooseModel(/Demo: long/);
  await chat.send('Tell me everything');
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect.poll(() => chat.log.evaluate((log) => log.scrollHeight > 2 * log.clientHeight)).toBe(true);
  await chat.log.hover();
  await page.mouse.wheel(0, -600);
  await expect(jump).toBeVisible();
  const before = await chat.log.evaluate((log) => log.scrollTop);
  await expect
    .poll(async () => (await chat.log.evaluate((log) => log.scrollHeight)) > 0 && (await jump.isVisible()))
    .toBe(true);
  await page.waitForTimeout(500);
  expect(Math.abs((await chat.log.evaluate((log) => log.scrollTop)) - before)).toBeLessThan(60);
  await jump.click();
  await expect(jump).toBeHidden();
});
