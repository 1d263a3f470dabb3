import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

test('what a browser has no room for is said to be in this tab alone, and is kept once there is room', async ({
  chat,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openWith(['Which tree keeps its leaves?']);
  const alone = page.getByRole('main').getByText(/^Only in this tab: this browser's storage/);

  await test.step('a draft', async () => {
    await fillStorage(page);
    await chat.box.fill('A long thought about oaks. '.repeat(40));
    await expect(alone).toBeVisible();
    expect(await axeFaults(page, { part: 'form[aria-label="Composer"]' })).toEqual([]);
    await page.getByRole('form', { name: 'Composer' }).getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('A long thought about oaks.');
    const asked = page.waitForEvent('dialog');
    void page.reload().catch(() => {});
    await (await asked).dismiss();
    await expect(chat.box).toHaveValue(/about oaks/);
  });

  await test.step('a message that waits for the network', async () => {
    await context.setOffline(true);
    await chat.box.press('Enter');
    await expect(chat.user(3)).toContainText('Only in this tab');
  });

  await test.step('and it is kept, and sent, once there is room and a network', async () => {
    await page.evaluate(() => localStorage.removeItem('filler'));
    await context.setOffline(false);
    await expect(chat.assistant(4)).toBeVisible({ timeout: 60_000 });
    await expect(alone).toBeHidden();
  });
});

/** Until nothing more goes in. */
const fillStorage = (page: Page) =>
  page.evaluate(() => {
    let filler = '';
    for (let more = 4_000_000; more > 0; more = Math.floor(more / 2)) {
      try {
        localStorage.setItem('filler', filler + 'x'.repeat(more));
        filler += 'x'.repeat(more);
        more *= 2;
      } catch {
        // Half of it may go in.
      }
    }
  });
