import { readFile } from 'node:fs/promises';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120"><title>Two circles</title><circle cx="60" cy="60" r="40" fill="#2d6a3e"/><circle cx="160" cy="60" r="40" fill="#a06c00"/></svg>';

const REPLY = [
  'A table:\n\n```csv\ncity,people\nBern,"134,591"\nBasel,"178,120"\nChur,"38,293"\n```',
  `A drawing:\n\n\`\`\`svg\n${SVG}\n\`\`\``,
  'A change:\n\n```diff\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n```',
  'Data:\n\n```json\n{"name": "oak", "rings": [1, 2, 3]}\n```',
  'Maths: $$\\ce{2H2 + O2 -> 2H2O}$$',
].join('\n\n');

test('blocks are shown as what they describe, by mouse and by keys, and their source is a press away', async ({
  chat,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openNew(/^echo/);
  const reply = await chat.ask(REPLY, 2);

  const csv = reply.getByRole('figure', { name: 'Code, csv' });
  const cities = csv.getByRole('rowheader').or(csv.locator('tbody tr td:first-child'));
  await expect(cities).toHaveText(['Bern', 'Basel', 'Chur']);
  await csv.getByRole('button', { name: 'people' }).click();
  await expect(cities).toHaveText(['Chur', 'Bern', 'Basel']);
  await page.keyboard.press('Enter');
  await expect(cities).toHaveText(['Basel', 'Bern', 'Chur']);
  await csv.getByRole('button', { name: 'Source' }).press('Enter');
  await expect(csv).toContainText('Bern,"134,591"');
  await csv.getByRole('button', { name: 'Copy code' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Chur,"38,293"');

  const drawing = reply.getByRole('figure', { name: 'Code, svg' });
  const picture = drawing.getByRole('img', { name: 'Two circles' });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(240);
  await drawing.getByRole('button', { name: 'Enlarge' }).click();
  const large = page.getByRole('dialog', { name: 'Two circles' });
  await expect(large.getByRole('img', { name: 'Two circles' })).toBeVisible();
  await large.getByRole('button', { name: 'Actual size' }).click();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();
  const saving = page.waitForEvent('download');
  await drawing.getByRole('button', { name: 'Save as SVG' }).click();
  expect((await saving).suggestedFilename()).toBe('Two circles.svg');

  const savingTable = page.waitForEvent('download');
  await csv.getByRole('button', { name: 'Save as a file' }).press('Enter');
  const table = await savingTable;
  expect(table.suggestedFilename()).toBe('code.csv');
  expect(await readFile(await table.path(), 'utf8')).toContain('Chur,"38,293"');

  const diff = reply.getByRole('figure', { name: 'Code, diff' });
  await expect(diff).toContainText('1 line added, 1 removed');
  const json = reply.getByRole('figure', { name: 'Code, json' });
  await json.getByRole('button', { name: 'Preview' }).click();
  await json.getByRole('button', { name: /rings/ }).press('Enter');
  await expect(json.getByRole('button', { name: /rings/ })).toHaveAttribute('aria-expanded', 'false');
  await expect(reply.locator('math').first()).toBeAttached();

  await csv.getByRole('button', { name: 'Preview' }).click();
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(csv.getByRole('table')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

const DIAGRAMS = [
  '```mermaid\ngraph TD\n  A[Acorn] --> B{Rain?}\n  B -->|yes| C[Oak]\n  B -->|no| D[Soil]\n```',
  '```dot\ndigraph { rankdir=LR; acorn -> sapling -> oak; oak -> acorn }\n```',
  '```html\n<h1 style="color: green">A page</h1><p>Some <b>words</b></p>\n```',
].join('\n\n');

test('diagrams are drawn, a page stands still, and what is broken says why', async ({ chat, page }) => {
  await chat.openNew(/^echo/);
  const reply = await chat.ask(`${DIAGRAMS}\n\n\`\`\`mermaid\ngraph TD\n  A[ --> \n\`\`\``, 2);
  const width = (name: string) =>
    reply
      .getByRole('figure', { name })
      .first()
      .getByRole('img')
      .evaluate((img: HTMLImageElement) => img.naturalWidth);
  await expect.poll(() => width('Code, mermaid')).toBeGreaterThan(100);
  await expect.poll(() => width('Code, dot')).toBeGreaterThan(100);
  await expect(reply.getByRole('status')).toContainText(
    /^This diagram cannot be drawn: Parse error on line \d/,
  );
  // Before the page is shown: axe cannot look into a frame that runs nothing.
  expect(await axeFaults(page)).toEqual([]);
  const html = reply.getByRole('figure', { name: 'Code, html' });
  await html.getByRole('button', { name: 'Preview' }).click();
  await expect(html.frameLocator('iframe').getByRole('heading', { name: 'A page' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(reply.getByRole('figure', { name: 'Code, dot' }).getByRole('img')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
