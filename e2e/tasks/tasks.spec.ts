/**
 * Five tasks in a tree of a thousand messages and a hundred branches, from a random leaf, by mouse, by keyboard and by roles and names
 * alone, on a wide screen and on a phone: each in at most three actions. What is still open after a task is closed before the next one
 * begins, uncounted.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { commandPath, newId } from '../../src/protocol/index.ts';
import { test as base, expect, watch } from '../fixtures.ts';
import { planTree, randomFrom, seedTree } from '../seed-tree.ts';
import { startBough } from '../server.ts';
import { Hand, task } from './hands.ts';

const COUNT = 1_000;
const plan = planTree('vast', COUNT);
const parentOf = (n: number): number | null => plan[n]?.parent ?? null;
const versionsOf = (n: number): number[] =>
  plan.flatMap(({ parent }, other) => (parent === parentOf(n) ? [other] : []));
const leaves = plan.flatMap((_, n) => (plan.some(({ parent }) => parent === n) ? [] : [n]));

function pathTo(n: number): number[] {
  const path: number[] = [];
  for (let at: number | null = n; at !== null; at = parentOf(at)) path.unshift(at);
  return path;
}

const PLACES =
  'Kyoto Nara Tokyo Osaka Kobe Nikko Hakone Takayama Sapporo Beppu Matsue Kanazawa Uji Ise Naha Otaru'.split(
    ' ',
  );
const ASKED = [
  'in rain',
  'by train',
  'with children',
  'in March',
  'on Monday',
  'at breakfast',
  'on foot',
  'by bicycle',
];

/** Every message has words that no other has: a place, a question, a number. */
function say(n: number): string {
  const about = `${PLACES[n % PLACES.length]} ${ASKED[(n >> 4) % ASKED.length]} ${n}x`;
  return plan[n]?.role === 'assistant' ? `${about}: begin early, and walk.` : `${about}?`;
}

const wordsOf = (n: number): string => say(n).replace(/[:?].*/, '');

interface Seeded {
  readonly url: string;
  readonly ids: readonly string[];
}

const LIVE = 'And if it snows there?';

const test = base.extend<object, { seeded: Seeded }>({
  seeded: [
    async ({ provider }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'bough-tasks-'));
      const { conversation, ids } = await seedTree(folder, 'vast', COUNT, say, { flat: true });
      const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, OPENAI_API_KEY: 'key' }, folder);
      await writeOn(bough.url, conversation, ids[LIVE_AT] as string);
      await use({ url: `${bough.url}/c/${conversation}`, ids });
      await bough.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

// As most people have it.
test.use({ motion: 'full' });
// One server and one folder for all.
test.describe.configure({ mode: 'default' });

/** A reply somewhere, and what is written after it while all tasks are done. */
const LIVE_AT = leaves.filter((n) => plan[n]?.role === 'assistant')[20] as number;

async function writeOn(url: string, conversation: string, parent: string): Promise<void> {
  const { default: usual } = (await (await fetch(`${url}/api/models`)).json()) as {
    default: { source: string };
  };
  const model = { source: usual.source, id: 'tokens:5000x100' };
  const ids = { message: newId(), reply: newId() };
  const response = await fetch(url + commandPath('send'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversation, parent, ...ids, model, text: LIVE, origin: 'fork' }),
  });
  if (!response.ok) throw new Error(await response.text());
}

interface Case {
  readonly leaf: number;
  readonly answer: number;
  /** The message above the answer that has versions. */
  readonly fork: number;
}

/** A random leaf, and a random answer on another branch, some messages below a fork. The same for the same seed. */
function caseOf(seed: number): Case {
  const random = randomFrom(seed);
  for (let n = 0; n < 5; n += 1) random();
  const leaf = leaves[Math.floor(random() * leaves.length)] as number;
  const near = new Set(pathTo(leaf));
  const answers = plan.flatMap(({ role }, n) => {
    if (role !== 'assistant' || near.has(n) || versionsOf(n).length > 1) return [];
    const path = pathTo(n).slice(0, -1);
    const at = path.findLastIndex((above) => versionsOf(above).length > 1);
    return at >= 0 && path.length - at > 3 ? [{ answer: n, fork: path[at] as number }] : [];
  });
  const found = answers[Math.floor(random() * answers.length)];
  if (!found) throw new Error('No such answer');
  return { leaf, ...found };
}

const message = (page: Page, n: number): Locator => page.getByRole('article').filter({ hasText: say(n) });
const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const panes = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
const versionsButton = (page: Page, n: number) => button(message(page, n), /^(Version|Branch) \d+ of \d+$/);

interface Way {
  readonly answer: (words: string) => Promise<void>;
  readonly fork: () => Promise<void>;
  readonly siblings: (fork: number) => Promise<void>;
  readonly live: () => Promise<void>;
}

type Kind = 'mouse' | 'keyboard' | 'accessibility tree';

function wayOf(kind: Kind, hand: Hand, tree: 'Split' | 'Tree'): Way {
  const { page } = hand;
  if (kind === 'keyboard') {
    return {
      answer: async (words) => {
        await hand.press('ControlOrMeta+f');
        await hand.type(words);
        await expect(page.getByRole('search').getByText('1 found')).toBeVisible();
        await hand.press('Enter');
      },
      fork: async () => {
        await hand.press('Escape');
        await expect(page.locator('article:focus')).toBeVisible();
        await hand.press('[');
      },
      siblings: async () => {
        await hand.press('Tab');
        await hand.press('Tab');
        await hand.press('Enter');
      },
      live: async () => {
        await hand.press('ControlOrMeta+k');
        await hand.type('live replies');
        await hand.press('Enter');
      },
    };
  }
  const act = (what: Locator) => (kind === 'mouse' ? hand.click(what) : hand.activate(what));
  return {
    answer: async (words) => {
      await act(button(page, 'Find in this conversation'));
      await hand.type(words);
      await act(
        page.getByRole('list', { name: 'Found' }).getByRole('button').filter({ hasText: words }).first(),
      );
    },
    fork: async () => {
      await act(button(page, 'Close find'));
      await act(page.getByRole('navigation', { name: 'Forks above' }).getByRole('button').last());
    },
    siblings: (fork) => act(versionsButton(page, fork)),
    live: async () => {
      await act(panes(page, tree));
      await act(button(page, '1 live'));
    },
  };
}

const SCREENS = [
  { width: 1280, height: 800, tree: 'Split' },
  { width: 390, height: 844, tree: 'Tree' },
] as const;
const KINDS: readonly Kind[] = ['mouse', 'keyboard', 'accessibility tree'];

test('who chooses a reply that is being written sees it written, whatever is folded over it', async ({
  page,
  seeded,
}) => {
  const { leaf } = caseOf(7);
  const faults = watch(page, []);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${seeded.url}?m=${seeded.ids[leaf]}`);
  await expect(message(page, leaf)).toBeInViewport();
  await panes(page, 'Split').click();
  await button(page, '1 live').click();
  await page.getByRole('menuitem').click();
  const asked = page.getByRole('region', { name: 'Conversation tree' }).getByText(LIVE, { exact: true });
  await expect(asked).toBeInViewport();
  expect(faults).toEqual([]);
});

for (const [at, { width, height, tree }] of SCREENS.entries()) {
  for (const [n, kind] of KINDS.entries()) {
    test(`five tasks in at most three actions each, by ${kind}, ${width} px wide`, async ({
      page,
      seeded,
    }) => {
      const { leaf, answer, fork } = caseOf(7 + at * 3 + n);
      const faults = watch(page, []);
      await page.setViewportSize({ width, height });
      await page.goto(`${seeded.url}?m=${seeded.ids[leaf]}`);
      await expect(message(page, leaf)).toBeInViewport();
      const hand = new Hand(page);
      const way = wayOf(kind, hand, tree);

      await task(
        'an answer by its words',
        hand,
        () => way.answer(wordsOf(answer)),
        () => expect(message(page, answer)).toBeInViewport(),
      );
      await task('the fork above it', hand, way.fork, async () => {
        await expect(message(page, fork)).toBeInViewport();
        await expect(message(page, fork)).toBeFocused();
      });
      await task(
        'its siblings by their words',
        hand,
        () => way.siblings(fork),
        () =>
          expect(page.getByRole('menuitemradio')).toHaveText(
            versionsOf(fork).map((version) => new RegExp(wordsOf(version))),
          ),
      );
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);
      await task('what is live, and where', hand, way.live, () =>
        expect(page.getByRole('menuitem')).toHaveText([/And if it snows there\?.*(branched|on your path)/]),
      );
      await page.keyboard.press('Escape');
      await task(
        'back to where I was',
        hand,
        async () => {
          await hand.back();
          // The keys walk from fork to fork; the buttons jump there, which Back takes back.
          if (kind !== 'keyboard') await hand.back();
        },
        async () => {
          await panes(page, 'Chat').click();
          await expect(message(page, leaf)).toBeInViewport();
        },
      );
      expect(faults).toEqual([]);
    });
  }
}

test('who goes on by key while the thread is still on its way to what was found is not taken back', async ({
  page,
  seeded,
}) => {
  const { leaf, answer, fork } = caseOf(8);
  const faults = watch(page, []);
  await page.addInitScript(slowFrames, 300);
  await page.goto(`${seeded.url}?m=${seeded.ids[leaf]}`);
  await expect(message(page, leaf)).toBeInViewport();
  const way = wayOf('keyboard', new Hand(page), 'Split');
  await way.answer(wordsOf(answer));
  await way.fork();
  await expect(message(page, fork)).toBeFocused();
  // Longer than the way would take.
  await page.waitForTimeout(3_000);
  await expect(message(page, fork)).toBeInViewport();
  expect(faults).toEqual([]);
});

/** Has every frame wait for so many ms: what goes by frames takes long, what keys do does not. */
function slowFrames(ms: number): void {
  const { requestAnimationFrame: next, cancelAnimationFrame: cancel } = window;
  const frames = new Map<number, number>();
  let last = 0;
  window.requestAnimationFrame = (callback) => {
    last += 1;
    const id = last;
    const later = window.setTimeout(() => frames.set(id, next.call(window, callback)), ms);
    frames.set(id, -later);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    const frame = frames.get(id) ?? 0;
    frames.delete(id);
    if (frame < 0) clearTimeout(-frame);
    else cancel.call(window, frame);
  };
}
