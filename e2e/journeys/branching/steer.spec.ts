import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { twoWays } from '../../pages/talk.ts';

const tree = (page: Page) => page.getByRole('region', { name: 'Conversation tree' });
const rows = (page: Page) => tree(page).getByRole('treeitem');
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

async function showTree(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await expect(rows(page).first()).toBeVisible();
}

test('prune a branch one is done with, undo it, and find it again in the list of what was pruned', async ({
  chat,
  page,
}) => {
  await chat.openTalk(await twoWays(chat.url));
  await showTree(page);
  const first = rows(page).filter({ hasText: 'The first way' });
  await first.click({ button: 'right' });
  await item(page, 'Hide this branch').click();
  await expect(page.getByText(/^Hidden: “The first way”, 2 messages/).first()).toBeVisible();
  await expect(first).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(first).toHaveCount(1);

  await first.focus();
  await page.keyboard.press('Delete');
  await expect(first).toHaveCount(0);
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  await page.getByRole('button', { name: 'Tools' }).click();
  await item(page, 'Hidden branches').click();
  await page.getByRole('button', { name: 'View “The first way”' }).click();
  await expect(chat.user(3)).toContainText('The first way');
  await expect(page.getByText(/^This branch is hidden/)).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^This branch is hidden/)).toBeHidden();
});

test('what one reads is not pulled away when another tab prunes it', async ({ chat, page, openTab }) => {
  await chat.openTalk(await twoWays(chat.url));
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(other.user(3)).toContainText('The second way');
  await other.user(3).focus();
  await other.page.keyboard.press('Delete');
  await expect(other.page.getByText(/^Hidden: /).first()).toBeVisible();
  await expect(page.getByText(/^This branch is hidden/)).toBeVisible();
  await expect(chat.user(3)).toContainText('The second way');
  await expect(other.user(3)).toBeHidden();
  await chat.send('Said all the same');
  await expect(page.getByText(/^This branch is hidden/)).toBeHidden();
  await chat.settled();
  await page.reload();
  await expect(chat.user(5)).toContainText('Said all the same');
});

test('what is pruned while it is written is stopped, is no rival to what is said next, and comes back with its words', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Where does it begin?']);
  await chat.chooseModel('tokens:2000x20');
  await chat.send('Count for long');
  await expect(chat.assistant(4)).toContainText('token 3 ');
  await chat.user(3).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText(/2 messages\. The reply was stopped/).first()).toBeVisible();
  await expect(chat.message(3)).toBeHidden();
  await expect(chat.log.getByRole('button', { name: '+1 hidden' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat.assistant(4)).toContainText('token 3 ');
  await expect(chat.assistant(4)).toContainText('Stopped');

  await chat.user(3).focus();
  await page.keyboard.press('Delete');
  await expect(chat.message(3)).toBeHidden();
  await chat.chooseModel('echo');
  await chat.ask('Another question', 4);
  await expect(page.getByText(/Something else was said here first/)).toBeHidden();
  await expect(chat.user(3)).toContainText('Another question');

  // Steps later it is undone where it was, and who reads and writes here stays.
  await chat.box.fill('A draft for this branch');
  await chat.user(3).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText(/^Undone: Hidden: “Count for long”/).first()).toBeVisible();
  await expect(chat.user(3)).toContainText('Another question');
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
});

test('label a branch and star a message, seen in the outline and after a reload', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  await chat.user(3).focus();
  await page.keyboard.press('s');
  await expect(page.getByText('Starred').first()).toBeAttached();
  // On a slow line the form is not there yet when its first letters are typed.
  await page.route(/\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.keyboard.press('l');
  await page.keyboard.type('Cheap');
  await page.getByText('Green', { exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.unroute(/\.js$/);
  await page.reload();
  await showTree(page);
  await expect(rows(page).filter({ hasText: 'The second way' })).toHaveAccessibleName(/label Cheap, starred/);
});

test('ask for three replies at a time from a card, and compare two of them', async ({ chat, page }) => {
  await chat.openWith(['Which city?']);
  await showTree(page);
  await rows(page).first().hover();
  await rows(page).first().click({ button: 'right' });
  await item(page, 'Regenerate ×3').click();
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  const beside = page.getByRole('group', { name: 'Replies side by side' });
  await expect(beside.getByRole('region', { name: /^Reply \d of 4$/ })).toHaveCount(4);
  await chat.settled();
  await beside.getByRole('button', { name: 'Show one' }).click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('/ 4');
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await item(page, 'Compare the versions').click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByRole('button', { name: 'Continue this one' })).toHaveCount(4);
  await compare.getByRole('button', { name: 'Continue this one' }).first().click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('1 / 4');
  await expect(chat.box).toBeFocused();
});

test('several replies at once: compared and found as their words come, stopped together', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Which city?']);
  await chat.chooseModel('tokens:2000x20');
  await showTree(page);
  await rows(page).first().click({ button: 'right' });
  await item(page, 'Regenerate ×3').click();
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  await page.getByRole('button', { name: 'Show one' }).click();
  await expect(page.getByText('3 replies are being written')).toBeVisible();

  const versions = chat.message(2).getByRole('group', { name: 'Versions' });
  await expect(versions).toContainText('2 / 4');
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await expect(versions).toContainText('1 / 4');
  await chat.message(2).getByRole('button', { name: 'More' }).click();
  await item(page, 'Compare the versions').click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByText(/token 5 token 6/).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('"token 7"');
  const bar = page.getByRole('search', { name: 'Find in this conversation' });
  await expect(bar.getByText('3 found')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Found' }).getByText(/being written/)).toHaveCount(3);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Stop all' }).click();
  await expect(page.getByText('3 replies stopped').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop all' })).toBeHidden();
  await chat.settled();
});

test('select rows with Shift and star them together', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  await showTree(page);
  await rows(page)
    .filter({ hasText: 'The first way' })
    .click({ modifiers: ['Shift'] });
  await rows(page)
    .filter({ hasText: 'The second way' })
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Star' }).click();
  await expect(tree(page).getByRole('treeitem', { name: /starred/ })).toHaveCount(2);
  await expect(bar).toBeHidden();
});

test('the palette finds chats and actions by a few letters', async ({ chat, page }) => {
  await chat.openWith(['Lanterns of Kyoto']);
  await chat.openNew();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('lntrns');
  await expect(page.getByRole('option').first()).toContainText('Lanterns of Kyoto');
  await page.keyboard.press('Enter');
  await expect(chat.user(1)).toContainText('Lanterns of Kyoto');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('show the tree');
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toBeVisible();
});

/** What the palette calls what a button of the page does. Buttons of messages, rows and cards are the message's own actions. */
const IN_PALETTE: Readonly<Record<string, string | undefined>> = {
  'Hide conversations': 'Show or hide the list of chats',
  'New chat': 'New chat',
  Archived: 'Archived chats',
  // The title, of the chat that is open.
  'Where does it begin?': 'Rename this chat',
  'Import chats': 'Import chats',
  'Order and folders': 'New folder',
  Access: 'Access from other devices',
  Settings: 'Settings',
  Chat: 'Show the chat',
  Split: 'Show chat and tree side by side',
  Tree: 'Show the tree',
  'Attach files': 'Attach files',
  'Find in all chats': 'Find in all chats',
  'Find in this conversation': 'Find in this conversation',
  'Centre on where I am': 'Show where I am in the tree',
  'Centre on where I write next': 'Show where your next message goes in the tree',
  'Fit the whole tree': 'Fit the whole tree',
  'Fork above': 'Show the fork above in the tree',
  'Fork below': 'Show the fork below in the tree',
};
/** Buttons that open what the palette has item by item, or that act only on what one looks at. */
const NOT_AN_ACTION = [
  /^Tools$/,
  /^Theme$/,
  /^More actions for /,
  /^Send$/,
  // With what is written, as Send does.
  /^Ask several$/,
  /^Zoom (in|out)$/,
  /^Forks on this path$/,
  /^(F|Above f|Below f)ork \d+ of \d+$/,
  /^Other branches$/,
  /^\d+ live$/,
  /^Back$/,
  /^What the marks mean$/,
  /^Jump to latest$/,
];

test('the palette has an action for every button of the page, and does it', async ({ chat, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openTalk(await twoWays(chat.url));
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  await expect(
    tree(page)
      .getByText(/^(Reading|You write|Your next)/)
      .first(),
  ).toBeVisible();
  const names = await page
    .locator('button:visible')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => !button.closest('article, [data-card], li, [aria-label="Forks above"]'))
        .map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? ''),
    );
  const run = async (words: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(words);
    await expect(page.getByRole('option').first()).toContainText(words);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Search chats and actions' })).toBeHidden();
  };
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    if (NOT_AN_ACTION.some((other) => other.test(name))) continue;
    const words = /^Model: /.test(name)
      ? 'Choose a model'
      : /^Context: /.test(name)
        ? 'Context and cost'
        : /^Back to “/.test(name)
          ? 'Back to where you were'
          : IN_PALETTE[name];
    expect(words, `the button “${name}” is in the palette`).toBeTruthy();
  }
  await run('Context and cost');
  await page.getByRole('dialog', { name: 'Context and cost' }).press('Escape');
  await run('Choose a model');
  await page.getByRole('dialog', { name: 'Models' }).press('Escape');
  const files = page.waitForEvent('filechooser');
  await run('Attach files');
  await files;
  await run('Show the fork above in the tree');
  await expect(tree(page).getByRole('button', { name: /^Fork \d of \d$/ })).toBeVisible();
  await run('Archived chats');
  await expect(page.getByText('Nothing is archived.')).toBeVisible();
  await page.getByRole('button', { name: 'All conversations' }).click();
  await run('Rename this chat');
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeFocused();
});

test('the sheet of keys opens with ? outside text, and not inside', async ({ chat, page }) => {
  await chat.openWith(['Hello']);
  await chat.box.focus();
  await page.keyboard.type('?');
  await expect(chat.box).toHaveValue('?');
  await chat.assistant(2).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Find in this conversation')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('axe finds nothing in menus, palette, sheet, labels and comparing', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  const check = async (what: string) => expect(await axeFaults(page), what).toEqual([]);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Search chats and actions' })).toBeVisible();
  await check('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+/');
  await check('sheet');
  await page.keyboard.press('Escape');
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await check('menu');
  await item(page, 'Label and colour').click();
  await check('label');
  await page.keyboard.press('Escape');
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await item(page, 'Compare the versions').click();
  await expect(page.getByRole('dialog', { name: 'Compare' })).toBeVisible();
  await check('compare');
});

test('a new chat from a message has what was said up to it, and the old one stays as it is', async ({
  chat,
  page,
}) => {
  await chat.openTalk(await twoWays(chat.url));
  const old = chat.conversationId();
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await item(page, 'New chat from here').click();
  await expect(page).not.toHaveURL(new RegExp(old));
  await expect(chat.assistant(2)).toBeVisible();
  await expect(chat.user(3)).toBeHidden();
  await expect(chat.box).toBeFocused();
  await chat.ask('A third way', 4);
  await page.goto(`${chat.url}/c/${old}`);
  await expect(chat.user(3)).toContainText('The second way');
});

test('the way back to the fork, its siblings, what is live, and where I was: at most three actions each', async ({
  chat,
  page,
}) => {
  await chat.openTalk(await twoWays(chat.url));
  await chat.ask('On and on', 6);
  // Its fork point: one action. Its siblings: one more key.
  await page
    .getByRole('navigation', { name: 'Forks above' })
    .getByRole('button', { name: /^Up to .*2 of 2/ })
    .click();
  await expect(chat.assistant(2)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(chat.user(3)).toContainText('The first way');
  // Back to where I was: the browser's own.
  await page.goBack();
  await expect(chat.user(3)).toContainText('The second way');
  // What is live: the outline names it.
  await showTree(page);
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  await chat.chooseModel('tokens:100x20');
  await chat.send('Count');
  await expect(tree(page).getByRole('treeitem', { name: /live/ })).toBeAttached();
});

test('by the accessibility tree alone: find the named answer, go there, continue', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  await page.getByRole('button', { name: 'Find in this conversation' }).click();
  await page
    .getByRole('search')
    .getByRole('textbox', { name: 'Find in this conversation' })
    .fill('first way');
  await page
    .getByRole('list', { name: 'Found' })
    .getByRole('button', { name: /The first way.*You.*on another branch/ })
    .click();
  await expect(page.getByRole('article', { name: 'You, message 3' })).toContainText('The first way');
  await page.getByRole('search').getByRole('button', { name: 'Close find' }).click();
  await chat.ask('Go on from there', 6);
  await expect(chat.user(3)).toContainText('The first way');
});
