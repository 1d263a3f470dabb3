/**
 * Fixtures of the journeys: a server, one scripted provider per worker, a page that fails its test on anything unexpected in the
 * console and on any request that leaves the server. Each test makes its own conversations.
 */
import { test as base, expect, type Page } from '@playwright/test';
import { CONVERSATIONS, commandPath, MODELS_PATH, type ModelList } from '../src/protocol/index.ts';
import { ChatPage } from './pages/chat-page.ts';
import { type ScriptedProvider, startProvider } from './provider/start.ts';
import { type BoughServer, startBough } from './server.ts';

interface TestFixtures {
  /**
   * Whether `bough` is of this test alone (`own`) or of all tests of the worker that do not say so (`shared`, the default): those that
   * change nothing of it but conversations. A shared one has no conversation left when the next test begins, and so no model used last; a
   * test that leaves other sources of models there fails (decision 0122).
   */
  readonly server: 'own' | 'shared';
  /**
   * Whether the browser keeps the page for when there is no network (`kept`). Default: `fresh`; what a service worker asks for is out of the
   * sight of the tests that watch requests.
   */
  readonly shell: 'fresh' | 'kept';
  /**
   * Whether the person has asked for less motion (`calm`, the default) or not (`full`): every frame of what slides, fades and breathes is
   * drawn by the processors that the journeys share. Full where the way something moves could go wrong (decision 0249).
   */
  readonly motion: 'calm' | 'full';
  /** Knows the demo with all its modes and the scripted provider. */
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
  /** The server of the tests that share one, started when the first asks for it. */
  readonly shared: () => Promise<Shared>;
}

interface Shared {
  readonly bough: BoughServer;
  /** Ids of the sources of models it began with. */
  readonly sources: readonly string[];
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
  shared: [
    async ({ provider }, use) => {
      let started: Promise<Shared> | undefined;
      await use(() => {
        started ??= startBough(settingsFor(provider)).then(async (bough) => ({
          bough,
          sources: await sourcesOf(bough.url),
        }));
        return started;
      });
      await (await started)?.bough.stop();
    },
    { scope: 'worker' },
  ],
  server: ['shared', { option: true }],
  shell: ['fresh', { option: true }],
  motion: ['calm', { option: true }],
  contextOptions: ({ contextOptions, motion }, use) =>
    use({ ...contextOptions, reducedMotion: motion === 'calm' ? 'reduce' : 'no-preference' }),
  context: async ({ context, shell }, use) => {
    if (shell === 'fresh')
      await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await use(context);
  },
  bough: async ({ provider, server, shared }, use) => {
    if (server === 'own') {
      const bough = await startBough(settingsFor(provider));
      await use(bough);
      return bough.stop();
    }
    const { bough, sources } = await shared();
    await use(bough);
    await deleteConversations(bough.url);
    expect(await sourcesOf(bough.url), 'the server is shared: say `own`').toEqual(sources);
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

function settingsFor(provider: ScriptedProvider): Record<string, string> {
  return { BOUGH_DEMO_MODES: '1', OPENAI_BASE_URL: provider.baseUrl, OPENAI_API_KEY: 'test-key' };
}

async function sourcesOf(url: string): Promise<string[]> {
  const list = (await (await fetch(url + MODELS_PATH)).json()) as ModelList;
  return list.sources.map(({ id }) => id);
}

/** Ends their replies, too. */
async function deleteConversations(url: string): Promise<void> {
  const listed = await fetch(`${url}/v1/stream/${CONVERSATIONS}?offset=-1`);
  const items = (await listed.json()) as { kind?: string; id?: string }[];
  const ids = new Set(items.flatMap(({ kind, id }) => (kind === 'conversation' && id ? [id] : [])));
  for (const conversation of ids) {
    const response = await fetch(url + commandPath('delete'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversation }),
    });
    if (!response.ok && response.status !== 410) throw new Error(await response.text());
  }
}

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

export { expect };
