import { type EngineProcess, referenceServer } from '../../src/server/engine/remote/testing/reference.ts';
import { expect, test, watch } from '../fixtures.ts';
import { type Front, frontOf } from '../front.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { type BoughServer, startBough } from '../server.ts';

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
  await chat.openNew();
  await chat.chooseModel(/Demo: slow/);
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

test('a storage that is away is said, and the page goes on when it is back', async ({ page }) => {
  test.slow();
  const faults = watch(page, UNREACHABLE);
  const chat = new ChatPage(page, front.url);
  await chat.openNew();
  await chat.chooseModel(/^Demo \(/);
  await chat.ask('Hello', 2);
  engine.child.kill('SIGSTOP');
  const retry = page.getByRole('button', { name: 'Retry now' });
  await expect(retry).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Bough cannot reach its storage.').first()).toBeVisible();
  engine.child.kill('SIGCONT');
  await expect(retry).toBeHidden({ timeout: 30_000 });
  await chat.ask('Back again?', 4);
  await expect(chat.assistant(4)).toContainText('the last was “Back again?”');
  expect(faults).toEqual([]);
});
