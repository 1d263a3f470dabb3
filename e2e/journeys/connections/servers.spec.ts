import { Buffer } from 'node:buffer';
import { type EngineProcess, referenceServer } from '../../../src/server/engine/remote/testing/reference.ts';
import { lineTo } from '../../../src/server/torture/line.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { type Front, frontOf } from '../../front.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { type BoughServer, startBough } from '../../server.ts';

let engine: EngineProcess;
let servers: BoughServer[];
let front: Front;
test.beforeEach(async () => {
  engine = await referenceServer();
  const env = { BOUGH_DEMO_MODES: '1', BOUGH_STREAMS_URL: engine.url };
  servers = [await startBough(env), await startBough(env)];
  front = await frontOf(servers.map(({ url }) => url));
});
test.afterEach(async () => {
  await front.close();
  for (const server of servers) await server.stop();
  await engine.stop();
});

const UNREACHABLE = [/Failed to load resource/, /net::ERR_/];

test('the server of a page dies in mid-reply, and the page goes on with another', async ({ page }) => {
  test.slow();
  const faults = watch(page, UNREACHABLE);
  const chat = new ChatPage(page, front.url);
  await chat.openNew(/Demo: slow/);
  await chat.send('Go on for a while');
  await expect(chat.assistant(2)).toContainText(/This demo is slow \w+/);
  await servers[0]?.end('SIGKILL');
  await expect(chat.assistant(2)).toContainText('Interrupted', { timeout: 20_000 });
  await expect(chat.assistant(2)).toContainText(/This demo is slow \w+/);
  await chat.chooseModel(/^Demo \(/);
  await chat.send('Are you there?');
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('the last was “Are you there?”');
  expect(faults).toEqual([]);
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQcgjAihgGlwQAiPstgU0FQnsAAAAASUVORK5CYII=',
  'base64',
);

test('a picture sent at one server stands in the same message at the other, also when the first is gone', async ({
  page,
  context,
}) => {
  test.slow();
  const [one, other] = servers as [BoughServer, BoughServer];
  const faults = watch(page, UNREACHABLE);
  const chat = new ChatPage(page, one.url);
  await chat.openNew(/^Demo \(/);
  await page.setInputFiles('input[type=file]', { name: 'cat.png', mimeType: 'image/png', buffer: PNG });
  await expect(page.getByRole('button', { name: 'Remove cat.png' })).toBeVisible();
  await chat.ask('See this', 2);

  const second = await context.newPage();
  const faultsThere = watch(second, UNREACHABLE);
  const there = new ChatPage(second, other.url);
  await second.goto(page.url().replace(one.url, other.url));
  const picture = there.user(1).getByRole('img', { name: 'cat.png' });
  await expect(there.user(1)).toContainText('See this');
  await expect(picture).toBeVisible();
  const width = () => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(width).toBe(8);
  await one.end('SIGKILL');
  await second.reload();
  await expect.poll(width).toBe(8);
  expect([...faults, ...faultsThere]).toEqual([]);
});

test('a storage that is away is said, and the page goes on when it is back', async ({ page }) => {
  test.slow();
  const faults = watch(page, UNREACHABLE);
  const chat = new ChatPage(page, front.url);
  await chat.openNew(/^Demo \(/);
  await chat.ask('Hello', 2);
  engine.child.kill('SIGSTOP');
  const retry = page.getByRole('button', { name: 'Retry now' });
  await expect(retry).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Bough can't reach its storage.").first()).toBeVisible();
  engine.child.kill('SIGCONT');
  await expect(retry).toBeHidden({ timeout: 30_000 });
  await chat.ask('Back again?', 4);
  await expect(chat.assistant(4)).toContainText('the last was “Back again?”');
  expect(faults).toEqual([]);
});

test('a first message for which the storage goes away in the middle is there when it is back', async ({
  page,
}) => {
  test.slow();
  const faults = watch(page, UNREACHABLE);
  const line = await lineTo(Number(new URL(engine.url).port));
  const bough = await startBough({ BOUGH_DEMO_MODES: '1', BOUGH_STREAMS_URL: line.url });
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew(/^Demo \(/);
    // The conversation is made, and nothing else comes to pass.
    await page.route(/commands\/create/, async (route) => {
      const answer = await route.fetch();
      line.set('down');
      await line.cut('reset');
      await route.fulfill({ response: answer });
    });
    await chat.send('Anybody?');
    await expect(page.getByText('Waiting for the connection')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Retry now' })).toBeVisible({ timeout: 60_000 });
    line.set('open');
    await chat.settled();
    await expect(chat.assistant(2)).toContainText('the last was “Anybody?”');
    await expect(page.getByText('Sending…')).toBeHidden();
    await expect(page.getByRole('article')).toHaveCount(2);
    await page.reload();
    await expect(page.getByRole('article')).toHaveCount(2);
    expect(faults).toEqual([]);
  } finally {
    await bough.stop();
    line.close();
  }
});

test('where something else answers for the storage that is said, and what is shown stays', async ({
  page,
}) => {
  test.slow();
  const faults = watch(page, [...UNREACHABLE, /status of (4|5)\d\d/]);
  const line = await lineTo(Number(new URL(engine.url).port));
  const bough = await startBough({ BOUGH_DEMO_MODES: '1', BOUGH_STREAMS_URL: line.url });
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew(/^Demo \(/);
    await chat.ask('Hello', 2);
    line.set('elsewhere');
    await line.cut('end');
    const banner = page.getByText(/^Bough finds no storage at its address\. .* BOUGH_STREAMS_URL/).first();
    await expect(banner).toBeVisible();
    await chat.send('Anybody?');
    await expect(page.getByText(/What was saved is safe; .* BOUGH_STREAMS_URL/)).toBeVisible();
    await expect(chat.assistant(2)).toContainText('the last was “Hello”');
    line.set('open');
    await expect(chat.assistant(4)).toContainText('the last was “Anybody?”', { timeout: 60_000 });
    await expect(banner).toBeHidden();
    expect(faults).toEqual([]);
  } finally {
    await bough.stop();
    line.close();
  }
});

test('a storage that comes back empty is begun with anew, without a restart', async ({ page }) => {
  test.slow();
  const faults = watch(page, [...UNREACHABLE, /status of (4|5)\d\d/]);
  const chat = new ChatPage(page, front.url);
  await chat.openNew(/^Demo \(/);
  await chat.ask('Before', 2);
  const { port } = new URL(engine.url);
  await engine.stop();
  engine = await referenceServer('', Number(port));
  await chat.openNew();
  await expect(page.getByText('No conversations yet.')).toBeVisible({ timeout: 60_000 });
  await chat.chooseModel(/^Demo \(/);
  await chat.send('After');
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('the last was “After”');
  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(2);
  expect(faults).toEqual([]);
});
