import type { Locator } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { openModels } from '../../pages/chat-page.ts';

const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const [size, viewport] of Object.entries(sizes)) {
  test(`axe finds nothing, ${size}: empty page, conversation, dialog`, async ({ chat, page }) => {
    await page.setViewportSize(viewport);
    await chat.openNew();
    expect(await axeFaults(page)).toEqual([]);
    await chat.chooseModel(/Demo: tools/);
    await chat.ask('Use a tool', 2);
    expect(await axeFaults(page)).toEqual([]);
    await openModels(page);
    await expect(page.getByRole('dialog', { name: 'Models' })).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
  });
}

test('replying and its end are announced politely, tokens never', async ({ chat, page }) => {
  await chat.openNew('tokens:100x20');
  await page.evaluate(() => {
    const heard: string[] = [];
    (globalThis as unknown as { heard: string[] }).heard = heard;
    new MutationObserver((changes) => {
      for (const change of changes) {
        const element = change.target instanceof Element ? change.target : change.target.parentElement;
        const region = element?.closest(
          '[role=status],[aria-live=polite],[role=alert],[aria-live=assertive]',
        );
        if (region?.textContent) heard.push(region.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await chat.send('Count');
  await expect(chat.log).not.toHaveAttribute('aria-live', 'polite');
  await chat.settled();
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard))
    .toContainEqual(expect.stringMatching(/Reply finished, \d+ words/));
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  expect(heard).toContainEqual(expect.stringContaining('Replying'));
  expect(heard.filter((text) => text.includes('token 5'))).toEqual([]);
});

test('nothing goes on moving while a reply is written, where less motion is wanted', async ({
  chat,
  page,
}) => {
  await chat.openNew(/^echo/);
  await chat.send('script: tokens:999x20');
  await chat.assistant(2).getByText('token 3 ').waitFor();
  const endless = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY)
      .map((one) => (one as CSSAnimation).animationName),
  );
  expect(endless).toEqual([]);
  await chat.stopButton.click();
  await chat.settled();
});

test('in the colours of the system what is chosen has an edge, and so has what only a background sets apart', async ({
  chat,
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await chat.openWith(['In high contrast'], 'echo');
  const edge = (of: Locator) => of.evaluate((element) => getComputedStyle(element).outlineStyle);
  const panes = page.getByRole('radiogroup', { name: 'Panes' });
  await expect.poll(() => edge(panes.getByRole('radio', { name: 'Chat' }))).toBe('solid');
  expect(await edge(panes.getByRole('radio', { name: 'Tree' }))).toBe('none');
  const list = page.getByRole('navigation', { name: 'Conversations' });
  expect(await edge(list.locator('[aria-current="page"]'))).toBe('solid');
  expect(await edge(chat.user(1).locator('.bg-leaf-soft'))).toBe('solid');
  await page.screenshot({ path: test.info().outputPath('forced-colours.png') });
});

test('on a phone a long menu leaves room to press beside it, which closes it', async ({ chat, page }) => {
  await page.setViewportSize(sizes.phone);
  await chat.openWith(['Something'], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'More', exact: true }).click();
  const menu = page.getByRole('menu', { name: 'More' });
  const box = await menu.boundingBox();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  expect(x).toBeGreaterThanOrEqual(8);
  expect(x + width).toBeLessThanOrEqual(sizes.phone.width - 8);
  const below = sizes.phone.height - y - height;
  expect(Math.max(y, below)).toBeGreaterThanOrEqual(90);
  await page.screenshot({ path: test.info().outputPath('menu-phone.png') });
  await page.mouse.click(width / 2, below > y ? y + height + below / 2 : y / 2);
  await expect(menu).toHaveCount(0);
});
