import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../kit/http.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { LiveConnection } from './connection.ts';
import type { FromConnection } from './messages.ts';

let server: FakeServer;
let connection: LiveConnection;
let said: FromConnection[];

const views = () => said.flatMap((message) => (message.kind === 'state' ? [message.view.kind] : []));
const frames = () =>
  said.flatMap((message) => (message.kind === 'frame' ? [`${message.from}-${message.next}`] : []));
const opened = () => server.count('POST /api/live');
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** So many seconds pass in which the server says that it is there. */
async function beating(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 5) {
    server.say({ kind: 'beat' });
    await pass(5000);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.create('a');
  server.create('b');
  said = [];
  connection = new LiveConnection({
    http: createHttp('', server.fetch),
    post: (message) => said.push(message),
    random: () => 0,
  });
});

afterEach(() => {
  connection.dispose();
  vi.useRealTimers();
});

const follow = (stream: string, offset = '-1') => connection.send({ kind: 'follow', stream, offset });

describe('the live connection', () => {
  it('opens once for streams followed together', async () => {
    follow('a');
    follow('b');
    await pass(50);
    expect(opened()).toBe(1);
    expect(views()).toEqual(['live']);
    server.append('a', { n: 1 });
    await pass(0);
    expect(frames()).toEqual(['-1-o1']);
  });

  it('tells what keeps Bough from writing, until it can write', async () => {
    follow('a');
    await pass(50);
    const states = () => said.flatMap((message) => (message.kind === 'state' ? [message.view] : []));
    server.say({ kind: 'beat', unwritten: 'storage-full' });
    await pass(0);
    expect(states().at(-1)).toEqual({ kind: 'live', storage: 'full' });
    server.append('a', { n: 1 });
    await pass(0);
    expect(states().at(-1)).toEqual({ kind: 'live' });
    server.say({ kind: 'beat', unwritten: 'storage-of-a-later-version' });
    server.say({ kind: 'beat', unwritten: 'storage-unwritable' });
    await pass(0);
    expect(states().at(-1)).toEqual({ kind: 'live', storage: 'away' });
    server.say({ kind: 'beat' });
    await pass(0);
    expect(states().at(-1)).toEqual({ kind: 'live' });
  });

  it('delivers through the old connection until the new one is ready', async () => {
    follow('a');
    await pass(50);
    let open = () => {};
    server.before = () => new Promise((resolve) => (open = resolve));
    follow('b');
    await pass(50);
    expect(opened()).toBe(2);
    server.append('a', { n: 1 });
    await pass(0);
    expect(frames()).toEqual(['-1-o1']);
    open();
    await pass(0);
    expect(server.liveConnections).toBe(1);
    server.append('b', { n: 2 });
    await pass(0);
    expect(frames()).toContain('-1-o1');
    expect(views()).toEqual(['live']);
  });

  it('goes on from where it was after a loss, and shows only a loss that lasts', async () => {
    follow('a');
    await pass(50);
    server.append('a', { n: 1 });
    await pass(0);
    server.cut();
    await pass(100);
    server.append('a', { n: 2 });
    await pass(200);
    expect(frames()).toEqual(['-1-o1', 'o1-o2']);
    expect(views()).toEqual(['live']);

    server.down = true;
    server.cut();
    await pass(300);
    expect(said[said.length - 1]).toEqual({ kind: 'state', view: { kind: 'offline' } });
    server.down = false;
    await pass(1000);
    expect(views()).toEqual(['live', 'offline', 'live']);
  });

  it('says no longer that the storage is away once nobody answers at all', async () => {
    follow('a');
    await pass(50);
    const problem = {
      type: 'about:blank',
      title: 'Away',
      status: 503,
      code: 'engine-unavailable',
      detail: 'Away.',
    };
    server.instead = () => Response.json(problem, { status: 503 });
    server.cut();
    await pass(300);
    const away = { kind: 'offline', storage: 'away' };
    expect(said[said.length - 1]).toEqual({ kind: 'state', view: away });
    server.instead = () => undefined;
    server.down = true;
    await pass(600);
    expect(said[said.length - 1]).toEqual({ kind: 'state', view: { kind: 'offline' } });
  });

  it('tells when it tries again once that takes longer', async () => {
    follow('a');
    await pass(50);
    server.down = true;
    server.cut();
    await pass(70_000);
    const view = { kind: 'offline', retryAt: expect.any(Number) };
    expect(said[said.length - 1]).toEqual({ kind: 'state', view });
    expect(said.length).toBeLessThan(8);
  });

  it('renews what may be dead when the network is back, keeping it until then', async () => {
    follow('a');
    await pass(50);
    connection.send({ kind: 'network', online: true });
    await pass(0);
    expect(opened()).toBe(2);
    expect(server.liveConnections).toBe(1);
    server.append('a', { n: 1 });
    await pass(0);
    expect(frames()).toEqual(['-1-o1']);
    expect(views()).toEqual(['live']);
  });

  it('lets go of a connection that is silent for 12.5 s', async () => {
    follow('a');
    await pass(50);
    await pass(12_000);
    server.say({ kind: 'beat' });
    await pass(12_000);
    expect(opened()).toBe(1);
    await pass(1000);
    expect(opened()).toBe(2);
    expect(server.liveConnections).toBe(1);
  });

  it('soon gives up an attempt that nobody answers where connections may have died, the next one not', async () => {
    follow('a');
    await pass(50);
    server.before = () => new Promise(() => {});
    vi.setSystemTime(Date.now() + 3_600_000);
    const after: number[] = [];
    for (let second = 1, known = 1; second < 40; second += 1) {
      await pass(1000);
      if (opened() > known) after.push(second);
      known = opened();
    }
    expect(after).toEqual([1, 6, 32]);
  });

  it('connects anew within a second when the clock has gone on without it', async () => {
    follow('a');
    await pass(50);
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(1000);
    expect(opened()).toBe(2);
    expect(server.liveConnections).toBe(1);
    await pass(5000);
    expect(opened()).toBe(2);
  });

  it('tries at once when the browser says it is online, or the tab is shown', async () => {
    follow('a');
    await pass(50);
    server.down = true;
    server.cut();
    await pass(20_000);
    server.down = false;
    connection.send({ kind: 'network', online: true });
    await pass(0);
    expect(server.liveConnections).toBe(1);
  });

  it('believes the server, not the browser, when that says it is offline', async () => {
    follow('a');
    await pass(50);
    connection.send({ kind: 'network', online: false });
    await pass(0);
    expect(server.liveConnections).toBe(1);
    expect(views()).toEqual(['live']);
  });

  it('lets go in a tab hidden for a minute, and comes back with it', async () => {
    follow('a');
    await pass(50);
    connection.send({ kind: 'visibility', hidden: true });
    await beating(60);
    await pass(1000);
    expect(server.liveConnections).toBe(0);
    server.append('a', { n: 1 });
    connection.send({ kind: 'visibility', hidden: false });
    await pass(0);
    expect(frames()).toEqual(['-1-o1']);
    expect(views()).toEqual(['live', 'paused', 'live']);
  });

  it('stays in a hidden tab while a reply is followed', async () => {
    const reply = 'c/conversation-1/g/reply-0001';
    server.create(reply);
    follow(reply);
    await pass(50);
    connection.send({ kind: 'visibility', hidden: true });
    await beating(200);
    expect(server.liveConnections).toBe(1);
    server.close(reply);
    await beating(60);
    await pass(1000);
    expect(server.liveConnections).toBe(0);
  });

  it('lets go within a second in a hidden tab with a connection of its own, also while a reply is followed', async () => {
    const reply = 'c/conversation-1/g/reply-0001';
    server.create(reply);
    connection.dispose();
    const options = {
      http: createHttp('', server.fetch),
      post: (message: FromConnection) => said.push(message),
    };
    connection = new LiveConnection({ ...options, letGo: 'soon' });
    follow(reply);
    await pass(50);
    connection.send({ kind: 'visibility', hidden: true });
    await pass(900);
    expect(server.liveConnections).toBe(1);
    await pass(200);
    expect(server.liveConnections).toBe(0);
    server.append(reply, { n: 1 });
    connection.send({ kind: 'visibility', hidden: false });
    await pass(0);
    expect(frames()).toEqual(['-1-o1']);
  });

  it('connects anew after bye, and asks no more for what is gone or closed', async () => {
    follow('a');
    follow('b');
    follow('nowhere');
    await pass(50);
    expect(said).toContainEqual({ kind: 'gone', stream: 'nowhere' });
    server.close('b');
    await pass(0);
    server.say({ kind: 'bye' });
    await pass(0);
    expect(opened()).toBe(2);
    expect(said.filter(({ kind }) => kind === 'gone')).toHaveLength(1);
  });

  it('is quiet once it is disposed of', async () => {
    follow('a');
    await pass(50);
    connection.dispose();
    expect(server.liveConnections).toBe(0);
    await pass(60_000);
    expect(opened()).toBe(1);
  });
});
