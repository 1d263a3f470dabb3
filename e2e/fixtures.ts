/**
 * Fixtures of the journeys: one server per test and one scripted provider per worker, a page that fails its test on anything
 * unexpected in the console and on any request that leaves the server. Each test makes its own conversations.
 */
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { ChatPage } from './pages/chat-page.ts';
import { type ScriptedProvider, startProvider } from './provider/start.ts';
import { type BoughServer, startBough } from './server.ts';

interface TestFixtures {
  /** Knows the demo with all its modes and the scripted provider. Of one test alone: the model used last is the next chat's. */
  readonly bough: BoughServer;
  /** The chat in the test's own page. */
  readonly chat: ChatPage;
  /** Another tab of the same browser. */
  readonly openTab: () => Promise<ChatPage>;
  /** Patterns of console errors this test provokes on purpose. */
  readonly expectedErrors: RegExp[];
}

interface WorkerFixtures {
  readonly provider: ScriptedProvider;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const provider = await startProvider();
      await use(provider);
      await provider.stop();
    },
    { scope: 'worker' },
  ],
  bough: async ({ provider }, use) => {
    const bough = await startBough({
      BOUGH_DEMO_MODES: '1',
      OPENAI_BASE_URL: provider.baseUrl,
      OPENAI_API_KEY: 'test-key',
    });
    await use(bough);
    await bough.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  expectedErrors: async ({}, use) => {
    await use([]);
  },
  chat: async ({ page, bough, expectedErrors }, use) => {
    const faults = watch(page, expectedErrors);
    await use(new ChatPage(page, bough.url));
    expect(faults).toEqual([]);
  },
  openTab: async ({ context, bough, expectedErrors }, use) => {
    const faults: string[][] = [];
    await use(async () => {
      const page = await context.newPage();
      faults.push(watch(page, expectedErrors));
      return new ChatPage(page, bough.url);
    });
    expect(faults.flat()).toEqual([]);
  },
});

/** Collects console errors, page errors and requests off this machine. */
export function watch(page: Page, expected: readonly RegExp[]): string[] {
  const faults: string[] = [];
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) faults.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`page error: ${error.message}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') note(`request to ${hostname}`);
  });
  return faults;
}

export type { BrowserContext };
export { expect };
