/** For tests: the app on a real socket over the memory engine, with the write order replaced by what a test says. */
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandName } from '../../protocol/index.ts';
import type { Access } from '../access/index.ts';
import { MemoryEngine } from '../engine/testing/memory.ts';
import { createLog } from '../log.ts';
import { createApp } from './app.ts';
import type { BuiltPage } from './kit/page-files.ts';
import type { Services, Timing } from './kit/services.ts';
import { hostsOf } from './middleware/security.ts';
import { createNodeServer } from './node-server.ts';

export interface Harness {
  readonly url: string;
  readonly engine: MemoryEngine;
  /** Commands that reached the write order. */
  readonly executed: { name: string; input: unknown }[];
  readonly opened: string[];
  /** What was looked for. */
  readonly found: object[];
  /** Lines of the log, parsed. */
  readonly logged: Record<string, unknown>[];
  readonly closing: AbortController;
  /** "GET /api/models", as the router has them. */
  readonly routes: readonly string[];
  /** What `execute` does; by default it answers `{}`. */
  onExecute: (name: CommandName, input: unknown) => Promise<unknown>;
  onOpen: (conversation: string) => Promise<void>;
  /** Default: no index has rolled over. */
  newest: (name: string) => string;
  snapshotEnd: (segment: string) => string | null;
  close(): Promise<void>;
}

/** For `vi.waitFor`: long enough for a machine that does other things too. */
export const SOON = { timeout: 10_000 };

const unasked = async () => {
  throw new Error('This test has no files.');
};

/** Nobody has one. */
const noTokens: Access = {
  known: () => [],
  list: async () => [],
  make: unasked,
  revoke: unasked,
  check: async () => ({ kind: 'wrong' }),
  onRevoked: () => {},
  close: async () => {},
};

export interface HarnessOptions {
  readonly summaries?: Services['summaries'];
  readonly endpoints?: Services['endpoints'];
  readonly prompts?: Services['prompts'];
  readonly files?: Services['files'];
  readonly sizes?: Services['sizes'];
  readonly access?: Services['access'];
  readonly timing?: Partial<Timing>;
  readonly page?: BuiltPage;
  readonly engine?: (engine: MemoryEngine) => Services['engine'];
}

/** The caller closes it. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const engine = new MemoryEngine();
  const closing = new AbortController();
  let port = 0;
  const harness: Omit<Harness, 'url' | 'close' | 'routes'> = {
    engine,
    closing,
    executed: [],
    opened: [],
    found: [],
    logged: [],
    onExecute: async () => ({}),
    onOpen: async () => {},
    newest: (name) => name,
    snapshotEnd: () => null,
  };
  const app = createApp({
    engine: options.engine?.(engine) ?? engine,
    shares: { execute: unasked, page: async () => null },
    incoming: join(tmpdir(), 'bough-no-imports'),
    conversations: {
      bring: unasked,
      standing: async () => undefined,
      opening: async () => null,
      whole: unasked,
      all: async () => [],
      execute: async (name, input) => {
        harness.executed.push({ name, input });
        return (await harness.onExecute(name, input)) as never;
      },
      post: async () => ({ kind: 'said', fresh: true, next: '0_1', closed: false }),
      put: async () => ({ created: true, next: '0_0', closed: false }),
      open: async (conversation) => {
        harness.opened.push(conversation);
        await harness.onOpen(conversation);
      },
      newest: async (name) => harness.newest(name),
      snapshotEnd: async (segment) => harness.snapshotEnd(segment),
      openView: async (conversation) => {
        await engine.create(`c/${conversation}/view`);
      },
      openOffers: async (conversation) => {
        await engine.create(`c/${conversation}/offers`);
      },
      choose: unasked,
      find: async (conversation, query, skip) => {
        harness.found.push({ conversation, query, skip });
        return { ids: [], hits: [] };
      },
      findEverywhere: async (query, choices) => {
        harness.found.push({ query, ...(choices && { choices }) });
        return { hits: [], conversations: [], reading: { done: 1, of: 2 } };
      },
      hidden: async () => ({ conversations: [] }),
    },
    access: options.access ?? { tokens: noTokens, needed: false, address: () => undefined },
    sizes: options.sizes ?? {
      look: async () => ({ folder: '/data', parts: [], unread: 0, measuring: false }),
    },
    files: options.files ?? { add: unasked, look: unasked, read: unasked },
    models: {
      list: async () => ({ models: [], default: { source: 'demo', id: 'demo' }, sources: [], problems: [] }),
    },
    summaries: options.summaries ?? { write: unasked },
    endpoints: options.endpoints ?? { execute: unasked },
    prompts: options.prompts ?? { execute: unasked },
    page: options.page ?? null,
    log: createLog({ level: 'debug', write: (line) => harness.logged.push(JSON.parse(line)) }),
    version: '1.2.3',
    closing: closing.signal,
    hosts: () => hostsOf('127.0.0.1', port),
    ...(options.timing && { timing: options.timing }),
  });
  const server = createNodeServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  // What is for all methods is around the routes, or refuses the other methods.
  const routes = app.routes.filter(({ method }) => method !== 'ALL');
  return Object.assign(harness, {
    routes: routes.map(({ method, path }) => `${method} ${path}`),
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      closing.abort();
      await engine.shutdown();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
