import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../kit/http.ts';
import { FakeServer } from '../testing/fake-server.ts';
import type { ConnectionView } from '../types.ts';
import { PageReach, type ReachEvent, type ReachState, reachStep } from './page-reach.ts';

const states = {
  idle: { kind: 'idle' },
  connecting: { kind: 'connecting', attempt: 1 },
  waiting: { kind: 'waiting', attempt: 1, delay: 250 },
} as const satisfies Record<string, ReachState>;

/** The state then; empty where it stays the same object. */
const table: Record<ReachEvent, Record<keyof typeof states, string>> = {
  failed: { idle: 'connecting 0', connecting: 'waiting 2 500', waiting: '' },
  answered: { idle: '', connecting: 'idle', waiting: 'idle' },
  offline: { idle: 'connecting 0', connecting: '', waiting: '' },
  online: { idle: '', connecting: '', waiting: 'connecting 1' },
  due: { idle: '', connecting: '', waiting: 'connecting 1' },
  'line-away': { idle: '', connecting: 'idle', waiting: 'idle' },
};

describe('whether the page gets through, a step at a time', () => {
  for (const [event, row] of Object.entries(table) as [ReachEvent, Record<keyof typeof states, string>][])
    it.each(Object.entries(row) as [keyof typeof states, string][])(`${event} in %s: %s`, (kind, then) => {
      const next = reachStep(states[kind], event, 0);
      expect(next === states[kind] ? '' : Object.values(next).join(' ')).toBe(then);
    });
});

describe('the page beside a live connection', () => {
  let server: FakeServer;
  let reach: PageReach;
  let shown: ConnectionView[];
  const live: ConnectionView = { kind: 'live' };
  const away = { kind: 'offline', follows: true };
  const last = () => shown.at(-1);
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    shown = [];
    const http = createHttp('', server.fetch);
    reach = new PageReach({ http, show: (view) => shown.push(view), random: () => 0 });
    reach.lineIs(live);
  });
  afterEach(() => {
    reach.dispose();
    vi.useRealTimers();
  });

  it('says nothing of a request that was lost alone, nor of a browser that only thinks so', async () => {
    reach.happened('failed');
    reach.happened('offline');
    await pass(20_000);
    expect(shown).toEqual([live]);
    expect(server.count('GET /api/health')).toBe(1);
  });

  it('says that Bough cannot be reached once two questions in a row were lost, and that it can', async () => {
    server.down = true;
    reach.happened('failed');
    reach.happened('failed');
    await pass(0);
    expect(last()).toBe(live);
    await pass(250);
    expect(last()).toEqual(away);
    server.down = false;
    await pass(1000);
    expect(last()).toBe(live);
    expect(shown).toHaveLength(3);
  });

  it('asks at once when the browser or a person says so, and hears any answer', async () => {
    server.down = true;
    reach.happened('offline');
    await pass(400);
    const asked = server.count('GET /api/health');
    reach.happened('online');
    expect(server.count('GET /api/health')).toBe(asked + 1);
    await pass(0);
    expect(last()).toEqual(away);
    reach.happened('answered');
    expect(last()).toBe(live);
    await pass(10_000);
    expect(server.count('GET /api/health')).toBe(asked + 1);
  });

  it('counts the seconds once it asks seldom', async () => {
    server.down = true;
    reach.happened('failed');
    await pass(120_000);
    expect(last()).toEqual({ ...away, retryAt: expect.any(Number) });
    const asked = server.count('GET /api/health');
    reach.lineIs({ kind: 'live' });
    expect(last()).toMatchObject(away);
    await pass(5000);
    expect(server.count('GET /api/health')).toBe(asked + 1);
  });

  it('leaves it to the line to say that it is away, and asks nothing then', async () => {
    server.down = true;
    reach.happened('failed');
    await pass(300);
    reach.lineIs({ kind: 'offline', storage: 'away' });
    expect(last()).toEqual({ kind: 'offline', storage: 'away' });
    const asked = server.count('GET /api/health');
    reach.happened('failed');
    await pass(10_000);
    expect(server.count('GET /api/health')).toBe(asked);
    reach.lineIs(live);
    expect(last()).toBe(live);
  });

  it('asks nothing any more once it is over', async () => {
    server.down = true;
    reach.happened('failed');
    await pass(300);
    reach.dispose();
    const asked = server.count('GET /api/health');
    reach.happened('offline');
    await pass(10_000);
    expect(server.count('GET /api/health')).toBe(asked);
  });
});
