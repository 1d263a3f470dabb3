import { expect, test } from '../../fixtures.ts';

test('a long reply with table, code, maths and lists is formatted, and its code can be copied', async ({
  chat,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openNew(/^echo/);
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
  await chat.openNew(/Demo: reasoning/);
  const thinking = (await chat.ask('Think first', 2)).getByRole('button', { name: /^Thought/ });
  await expect(thinking).toHaveAttribute('aria-expanded', 'false');
  await thinking.click();
  await expect(thinking).toHaveAttribute('aria-expanded', 'true');
  await chat.chooseModel(/Demo: tools/);
  const tool = (await chat.ask('Use a tool', 4)).locator('[aria-expanded]').first();
  await expect(tool).toHaveAttribute('aria-expanded', 'false');
});

test('the reader who scrolled up is left in peace, and can jump to the latest', async ({ chat, page }) => {
  await chat.openNew(/Demo: long/);
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

const LINES = Array.from({ length: 90 }, (_, n) => `const line${n} = '${'wide '.repeat(n === 3 ? 60 : 2)}';`);
const HEAD = Array.from({ length: 16 }, (_, n) => `Column ${n + 1}`);
const AIDS = [
  '```ts',
  ...LINES,
  '```',
  '',
  `| ${HEAD.join(' | ')} |`,
  `|${HEAD.map(() => '---').join('|')}|`,
  `| ${HEAD.map((_, n) => (n === 0 ? 'a, b' : n)).join(' | ')} |`,
].join('\n');

test('long code is read and copied without losing its head, a wide table says so and is copied', async ({
  chat,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openWith([AIDS], 'echo');
  // What was seen being written is whole; a reader who comes later gets the beginning.
  await page.reload();
  const code = chat.assistant(2).getByRole('figure', { name: 'Code, ts' });
  const more = code.getByRole('button', { name: 'Show all 90 lines' });
  await expect(more).toBeVisible();
  expect((await code.boundingBox())?.height).toBeLessThan(900);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(code.getByRole('button', { name: 'Show less' })).toBeFocused();
  const copy = code.getByRole('button', { name: 'Copy code' });
  // In the middle of it its head is still there.
  await code.getByText('line45 ').scrollIntoViewIfNeeded();
  await expect(copy).toBeInViewport();
  await copy.click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LINES.join('\n'));
  const scrolls = () => code.locator('pre').evaluate((pre) => pre.scrollWidth > pre.clientWidth);
  expect(await scrolls()).toBe(true);
  await code.getByRole('button', { name: 'Wrap lines' }).click();
  expect(await scrolls()).toBe(false);

  const table = chat.assistant(2).getByRole('figure', { name: 'Table, scroll sideways for more columns' });
  await table.focus();
  await chat.assistant(2).getByRole('button', { name: 'Copy as CSV' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Column 1,.*\r\n"a, b",1,2,/);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(table).toBeVisible();
});

test('the menu of a message is in groups', async ({ chat, page }) => {
  await chat.openWith(['Hello'], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'More', exact: true }).click();
  const menu = page.getByRole('menu', { name: 'More' });
  await expect(menu.getByRole('group', { name: /^(Go|Write|Mark|Remove)$/ })).toHaveCount(4);
  await expect(menu.getByRole('group', { name: 'Write' })).toContainText('Regenerate');
  await expect(menu.getByRole('group', { name: 'Remove' })).toContainText('Rewind to here');
  await expect(menu.getByRole('group', { name: 'Remove' })).toContainText('Hide this branch');
  expect((await menu.boundingBox())?.height).toBeLessThanOrEqual(720);
});
