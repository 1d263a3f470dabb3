/** The public suite `@durable-streams/server-conformance-tests` on the bridge. Run by conformance.test.ts in a process of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runConformanceTests } from '@durable-streams/server-conformance-tests';
import { afterAll } from 'vitest';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import { bridge } from './bridge.ts';

const server = createServer(await bridge(new MemoryEngine()));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const { port } = server.address() as AddressInfo;
runConformanceTests({ baseUrl: `http://127.0.0.1:${port}`, longPollTimeoutMs: 2_000 });
