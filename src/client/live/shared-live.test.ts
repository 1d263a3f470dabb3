import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../kit/http.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { LiveConnection } from './connection.ts';
import { Hub } from './hub.ts';
import type { FromConnection } from './messages.ts';
import { servePort } from './ports.ts';
import { SharedLive, type SharedLiveOptions } from './shared-live.ts';

let server: FakeServer;
let locks: FakeLocks;
let ports: MessagePort[];
let lives: SharedLive[];
let connections: LiveConnection[];
/** Which worker is running; starting it anew is a new hub behind new ports. */
let worker: { readonly hub: Hub; readonly alive: string } | undefined;
let started: number;

const connect = (post: (message: FromConnection) => void, letGo?: 'soon') => {
  const connection = new LiveConnection({
    http: createHttp('', server.fetch),
    post,
    ...(letGo && { letGo }),
  });
  connections.push(connection);
  return connection;
};

function startWorker(): SharedWorker {
  if (!worker) {
    started += 1;
    const alive = `worker-${started}`;
    void locks.request(alive, () => new Promise<void>(() => {}));
    worker = { hub: new Hub((post) => connect(post)), alive };
  }
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  servePort(worker.hub, port2, locks, worker.alive);
  return { port: port1, onerror: null } as unknown as SharedWorker;
}

/** The worker's process dies: its connections and its lock with it. */
function crashWorker(): void {
  for (const connection of connections) connection.dispose();
  worker = undefined;
  locks.break('worker-');
}

function tab(
  start: (() => SharedWorker) | undefined = startWorker,
  options: Partial<SharedLiveOptions> = {},
) {
  const said: FromConnection[] = [];
  const live = new SharedLive({
    post: (message) => said.push(message),
    start,
    locks,
    alone: async (post) => connect(post, 'soon'),
    ...options,
  });
  lives.push(live);
  const frames = () =>
    said.flatMap((message) => (message.kind === 'frame' ? [`${message.from}-${message.next}`] : []));
  const follow = (stream: string, offset = '-1') => live.send({ kind: 'follow', stream, offset });
  return { live, said, frames, follow };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 });
const connected = (count: number) => until(() => expect(server.liveConnections).toBe(count));

beforeEach(() => {
  server = new FakeServer();
  for (const name of ['a', 'b', 'c']) server.create(name);
  locks = new FakeLocks();
  [ports, lives, connections, worker, started] = [[], [], [], undefined, 0];
});

afterEach(() => {
  for (const live of lives) live.dispose();
  for (const connection of connections) connection.dispose();
  for (const port of ports) port.close();
});

describe("a tab's side of the shared connection", () => {
  it('twelve tabs have one connection', async () => {
    const tabs = Array.from({ length: 12 }, () => tab());
    for (const [n, { follow }] of tabs.entries()) follow(['a', 'b', 'c'][n % 3] as string);
    await until(() => expect(['a', 'b', 'c'].every((name) => server.following(name))).toBe(true));
    await connected(1);
    server.append('a', { n: 1 });
    await until(() =>
      expect(tabs.map(({ frames }) => frames().length)).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]),
    );
  });

  it('a tab that is closed, or crashes, lets go of its streams alone', async () => {
    const [a, b] = [tab(), tab()];
    a.follow('a');
    await connected(1);
    b.follow('b');
    await until(() => expect(server.following('b')).toBe(true));
    b.live.dispose();
    await until(() => expect(server.following('b')).toBe(false));
    const c = tab();
    c.follow('c');
    await until(() => expect(server.following('c')).toBe(true));
    locks.break('bough-tab-');
    await until(() => expect(server.liveConnections).toBe(0));
    const d = tab();
    d.follow('a');
    await connected(1);
    server.append('a', { n: 1 });
    await until(() => expect(d.frames()).toEqual(['-1-o1']));
  });

  it('a worker that ends is started again, from where each tab stood', async () => {
    const a = tab();
    a.follow('a');
    await connected(1);
    server.append('a', { n: 1 });
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
    crashWorker();
    server.append('a', { n: 2 });
    await until(() => expect(a.frames()).toEqual(['-1-o1', 'o1-o2']));
    expect(started).toBe(2);
  });

  it('without such workers a tab has a connection of its own, and lets go when hidden', async () => {
    const [a, b] = [
      tab(undefined),
      tab(() => {
        throw new Error('not allowed');
      }),
    ];
    a.follow('a');
    b.follow('b');
    await connected(2);
    b.live.send({ kind: 'visibility', hidden: true });
    await connected(1);
    server.append('a', { n: 1 });
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
    server.append('b', { n: 1 });
    b.live.send({ kind: 'visibility', hidden: false });
    await until(() => expect(b.frames()).toEqual(['-1-o1']));
  });

  it('a worker that cannot be loaded gives way to a connection of its own', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    const broken = { port: port1, onerror: null } as unknown as SharedWorker;
    const a = tab(() => broken);
    a.follow('a');
    broken.onerror?.(new Event('error') as ErrorEvent);
    await connected(1);
    server.append('a', { n: 1 });
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
  });

  it('a worker that comes late takes over from the connection of the tab', async () => {
    let come = () => {};
    const a = tab(
      () => {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1, port2);
        come = () => {
          const shared = startWorker().port;
          shared.onmessage = ({ data }) => port2.postMessage(data);
          port2.onmessage = ({ data }) => shared.postMessage(data);
        };
        return { port: port1, onerror: null } as unknown as SharedWorker;
      },
      { patience: 10 },
    );
    a.follow('a');
    await connected(1);
    expect(connections).toHaveLength(1);
    come();
    await until(() => expect(connections).toHaveLength(2));
    await connected(1);
    server.append('a', { n: 1 });
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
  });

  it('says that it is offline when the code of its own connection cannot be loaded, and tries again', async () => {
    let loads = 0;
    const a = tab(undefined, {
      start: undefined,
      patience: 10,
      alone: async (post) => {
        loads += 1;
        if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
        return connect(post, 'soon');
      },
    });
    a.follow('a');
    await connected(1);
    expect(a.said[0]).toEqual({ kind: 'state', view: { kind: 'offline' } });
    server.append('a', { n: 1 });
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
  });

  it('a page kept for the way back lets go, and goes on from where it was', async () => {
    const a = tab();
    a.follow('a');
    await connected(1);
    a.live.suspend();
    await connected(0);
    server.append('a', { n: 1 });
    a.live.resume();
    await until(() => expect(a.frames()).toEqual(['-1-o1']));
  });

  it('however often a page is left and come back to, it goes on with the worker', async () => {
    const alone = vi.fn(async (post: (message: FromConnection) => void) => connect(post, 'soon'));
    const a = tab(startWorker, { alone });
    a.follow('a');
    for (let n = 0; n < 8; n += 1) {
      await connected(1);
      a.live.suspend();
      await connected(0);
      a.live.resume();
    }
    await connected(1);
    expect(alone).not.toHaveBeenCalled();
  });
});
