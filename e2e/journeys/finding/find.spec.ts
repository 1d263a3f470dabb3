import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Part } from '../../../src/protocol/index.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { startTalk } from '../../pages/talk.ts';
import { type Planned, seedPlan } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Find in this conversation' });
const bar = (page: Page) => page.getByRole('search', { name: 'Find in this conversation' });
const found = (page: Page) => page.getByRole('list', { name: 'Found' });

/** One question, answered three ways, each gone on from; only the first says "lanterns". Ends on the third. */
async function threeWays(chat: ChatPage): Promise<void> {
  const talk = await startTalk(chat.url);
  const question = await talk.ask('Where does it begin?');
  await talk.ask('Tell me of the lanterns at the river');
  for (const words of ['The market instead', 'The station instead']) {
    await talk.again(question);
    await talk.ask(words);
  }
  await chat.openTalk(talk);
}

test('find what was said about lanterns three forks ago and continue from there, with the keyboard alone', async ({
  chat,
  page,
}) => {
  await threeWays(chat);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('LANTERNS');
  await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await expect(chat.user(3)).toBeInViewport();
  expect(await page.evaluate(() => [...(CSS.highlights.get('found-here') ?? [])].map(String))).toContain(
    'lanterns',
  );
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
  await expect(chat.user(3)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chat.box).toBeFocused();
  await page.keyboard.type('And who lights them?');
  await page.keyboard.press('Enter');
  await expect(chat.user(5)).toContainText('And who lights them?');
  await expect(chat.user(3)).toContainText('lanterns at the river');
});

test('the same by mouse: open the hit in the list, go on there', async ({ chat, page }) => {
  await threeWays(chat);
  await page.getByRole('button', { name: 'Find in this conversation' }).click();
  await field(page).fill('lanterns');
  await found(page).getByRole('button').filter({ hasText: 'on another branch' }).first().click();
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await page.getByRole('button', { name: 'Close find' }).click();
  await chat.ask('Go on', 6);
  await expect(chat.user(3)).toContainText('lanterns at the river');
});

test('hits are counted, stepped through round and round, and marked in the outline', async ({
  chat,
  page,
}) => {
  await threeWays(chat);
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('instead');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('You');
  await expect(bar(page).getByText('2 found')).toBeVisible();
  const rows = page.getByRole('treeitem', { name: /1 hit/ });
  await expect(rows).toHaveCount(2);
  await field(page).focus();
  await page.keyboard.press('Enter');
  await expect(bar(page).getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(bar(page).getByText('1 of 2')).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect(bar(page).getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(0);
});

test('what nobody said is not found, and that is said', async ({ chat, page }) => {
  await chat.openWith(['Hello']);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('zebra');
  await expect(bar(page).getByText('Nothing found')).toBeVisible();
  await chat.box.fill('A zebra');
  await chat.box.press('Enter');
  await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible({ timeout: 15_000 });
});

test('axe finds nothing while something is found', async ({ chat, page }) => {
  await chat.openWith(['Lanterns']);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('lanterns');
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(found(page)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});

/** Boxes that share a pixel. */
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

for (const [width, height] of [
  [1280, 800],
  [1024, 768],
  [390, 780],
] as const) {
  test(`find has a place of its own, before a jump and after it, with list and filters, at ${width} px`, async ({
    chat,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await threeWays(chat);
    const panes = width < 768 ? ['Chat', 'Tree'] : ['Chat', 'Split', 'Tree'];
    for (const pane of panes) {
      await page.getByRole('radio', { name: pane, exact: true }).click();
      await page.keyboard.press('ControlOrMeta+f');
      await page.keyboard.type('lanterns');
      await expect(found(page)).toBeVisible();
      await page.getByRole('button', { name: 'Filters' }).click();
      await expectFree(page);
      await page.keyboard.press('Enter');
      await field(page).press('Enter');
      await expect(bar(page).getByText(/^\d+ of \d+$/)).toBeVisible();
      await expectFree(page);
      await page.keyboard.press('Escape');
      await expect(bar(page)).toBeHidden();
    }
  });
}

/** All that can be pressed outside of find, and the thread and the tree, are beside it, and in the window. */
async function expectFree(page: Page): Promise<void> {
  const at = (await bar(page).boundingBox()) as Box;
  const others = page.getByRole('button').or(page.getByRole('log')).or(page.getByRole('img'));
  const boxes: (Box & { name: string })[] = await others.evaluateAll((all) =>
    all
      .filter((one) => !one.closest('search') && one.checkVisibility({ opacityProperty: true }))
      .map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const scroller = one.closest('[role="log"], [role="tree"], .react-flow')?.getBoundingClientRect();
        const top = Math.max(y, scroller?.y ?? y);
        const name = one.getAttribute('aria-label') ?? one.textContent ?? '';
        return { x, y: top, width, height: Math.max(0, y + height - top), name };
      })
      .filter((box) => box.width > 0 && box.height > 0),
  );
  expect(boxes.length).toBeGreaterThan(4);
  expect(boxes.filter((box) => overlap(box, at)).map(({ name }) => name)).toEqual([]);
  const { height } = page.viewportSize() as { height: number };
  expect(at.y + at.height).toBeLessThan(height * 0.7);
}

test('Back leads from hit to hit, then out of find to where one was; whoever leaves the chat leaves find', async ({
  chat,
  page,
}) => {
  await threeWays(chat);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('lanterns');
  await expect(bar(page).getByText('2 found')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(bar(page).getByText('1 of 2')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(bar(page).getByText('2 of 2')).toBeVisible();
  await page.goBack();
  await expect(bar(page).getByText('1 of 2')).toBeVisible();
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await page.goBack();
  await expect(bar(page)).toBeHidden();
  await expect(chat.user(3)).toContainText('The station instead');

  await page.keyboard.press('ControlOrMeta+f');
  await expect(field(page)).toBeFocused();
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(bar(page)).toBeHidden();
  await page.goBack();
  await expect(chat.user(3)).toContainText('The station instead');
  await expect(bar(page)).toBeHidden();
});

test('closing find leaves the focus where one went since the hit', async ({ chat, page }) => {
  await threeWays(chat);
  const close = page.getByRole('button', { name: 'Close find' });
  const toHit = async () => {
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('lanterns');
    await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(chat.user(3)).toContainText('lanterns at the river');
  };
  await toHit();
  await chat.box.click();
  await page.keyboard.type('And now');
  await close.click();
  await expect(chat.box).toBeFocused();
  await expect(chat.box).toHaveValue('And now');

  await toHit();
  await chat.user(1).click();
  await close.click();
  await expect(chat.user(1)).toBeFocused();

  // Back leads to where one was before find, and out of it.
  await chat.assistant(2).getByRole('button', { name: 'Next version' }).click();
  await expect(chat.user(3)).toContainText('The market instead');
  await toHit();
  await page.goBack();
  await expect(chat.user(3)).toContainText('The market instead');
  await expect(bar(page)).toBeHidden();
  await expect(chat.assistant(2)).toBeFocused();

  // Esc closes it from anywhere, and takes the focus from nothing.
  await toHit();
  await chat.box.focus();
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
  await expect(chat.box).toBeFocused();

  // In the tree alone the row has the focus.
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('station');
  await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('treeitem', { name: /reading/ })).toBeFocused();
});

test('of ten calls of tools the one a hit is shown in is unfolded; others say how many hits they hold', async ({
  page,
}) => {
  const call = (n: number): Part => ({
    ...{ kind: 'tool', call: `${n}`, name: `look_${n}`, input: '{"of": "the river"}' },
    output: n === 6 ? 'The lanterns are lit.' : `The river is calm, the ${n}th time.`,
  });
  const answer: readonly Part[] = [
    ...Array.from({ length: 10 }, (_, n) => call(n)),
    { kind: 'text', text: 'So.' },
  ];
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const plan: Planned[] = [
    { parent: null, role: 'user' },
    { parent: 0, role: 'assistant' },
  ];
  const say = (n: number) => (n === 0 ? 'What is there?' : answer);
  const { conversation } = await seedPlan(folder, plan, { title: 'Looks', say });
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  const chat = new ChatPage(page, bough.url);
  await page.goto(`${bough.url}/c/${conversation}`);
  const reply = chat.assistant(2);
  await expect(reply.getByRole('button', { name: /^Used look_/ })).toHaveCount(10);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('the lanterns');
  await expect(bar(page).getByText('1 found')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(reply.getByText('The lanterns are lit.')).toBeInViewport();
  await expect(reply.getByRole('button', { expanded: true })).toHaveCount(1);
  await expect(reply.getByRole('button', { name: 'Used look_0 · 3 hits' })).toBeVisible();
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: test.info().outputPath(`hits-${width}.png`) });
  }
  await page.keyboard.press('Escape');
  await expect(reply.getByRole('button', { name: 'Used look_0', exact: true })).toBeVisible();
  expect(faults).toEqual([]);
  await page.close();
  await bough.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a hit far to the right in a wide line of code is come to', async ({ chat, page }) => {
  await chat.openWith(
    [`Run this:\n\n\`\`\`sh\necho ${'quite a long line '.repeat(40)}wideend\n\`\`\``],
    'echo',
  );
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('wideend');
    await expect(bar(page).getByText('2 found')).toBeVisible();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const code = chat.assistant(2).locator('pre').first();
    await expect
      .poll(() =>
        code.evaluate((box) => {
          const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
          while (words.nextNode() && !words.currentNode.textContent?.includes('wideend'));
          const range = document.createRange();
          range.selectNodeContents(words.currentNode);
          const { right } = range.getBoundingClientRect();
          const window = box.getBoundingClientRect();
          return right > window.left && right <= window.right;
        }),
      )
      .toBe(true);
    await page.keyboard.press('Escape');
    await code.evaluate((box) => {
      box.scrollLeft = 0;
    });
  }
});

test('a hit in folded code, in a text of which a part is shown, and of two words is come to', async ({
  page,
}) => {
  const code = Array.from({ length: 2_000 }, (_, n) => `const v${n} = "word"; // comment ${n}`).join('\n');
  const answers = [
    `\`\`\`js\n${code}\n// ENDCODE\n\`\`\`\n\nAfter it.`,
    `${'abcdefghij'.repeat(20_000)}ENDLINE`,
  ];
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const plan: Planned[] = [0, 1, 2, 3].map((n) => ({
    parent: n === 0 ? null : n - 1,
    role: n % 2 === 0 ? 'user' : 'assistant',
  }));
  const say = (n: number): string | readonly Part[] =>
    n % 2 === 0 ? 'And then?' : [{ kind: 'text', text: answers[(n - 1) / 2] as string }];
  const { conversation } = await seedPlan(folder, plan, { title: 'Long', say });
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const words of ['ENDCODE', 'comment 1500', 'ENDLINE']) {
      await page.goto(`${bough.url}/c/${conversation}`);
      await expect(
        page
          .getByRole('button', { name: 'Show all 2,001 lines' })
          .or(page.getByText('abcdefghij').first())
          .first(),
      ).toBeVisible();
      await page.keyboard.press('ControlOrMeta+f');
      await page.keyboard.type(words);
      await expect(bar(page).getByText('1 found')).toBeVisible();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(placesInSight)).toContain(words.split(' ').at(-1)?.toLowerCase());
      await page.screenshot({ path: test.info().outputPath(`${words.replace(' ', '-')}-${width}.png`) });
      await page.keyboard.press('Escape');
    }
  }
  expect(faults).toEqual([]);
  await page.close();
  await bough.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What is marked of the hit one is at and in sight, in small letters. */
function placesInSight(): string[] {
  const log = document.querySelector('[role="log"]')?.getBoundingClientRect();
  const marked = [...(CSS.highlights.get('found-here') ?? [])] as Range[];
  return marked.flatMap((range) => {
    const box = range.getBoundingClientRect();
    const folded = range.startContainer.parentElement?.closest('[data-folded]');
    const isIn = log && box.height > 0 && box.top >= log.top && box.bottom <= log.bottom;
    return isIn && !folded ? [range.toString().toLowerCase()] : [];
  });
}
