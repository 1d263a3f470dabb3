import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunningAgent } from './running-agent.ts';
import { scripted } from './testing/scripted.ts';

const IDLE = 10 * 60_000;
let agent: RunningAgent;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  agent = new RunningAgent(scripted(), { PATH: '/nowhere', HOME: tmpdir() }, '1');
  await agent.facts;
});
afterEach(async () => {
  vi.useRealTimers();
  await agent.end();
});

test('an agent ends after ten minutes without a turn, and never in one', async () => {
  agent.begin();
  vi.advanceTimersByTime(3 * IDLE);
  agent.done();
  vi.advanceTimersByTime(IDLE - 1);
  expect(agent.isOver).toBe(false);
  vi.advanceTimersByTime(1);
  await agent.link.process.ended;
  expect(agent.isOver).toBe(true);
});

test('what is done in a session that is prepared begins the ten minutes anew', async () => {
  vi.advanceTimersByTime(IDLE - 1);
  await agent.prepare(tmpdir());
  vi.advanceTimersByTime(IDLE - 1);
  expect(agent.isOver).toBe(false);
  const session = await agent.open(tmpdir());
  expect(agent.sessions.get(session.id)).toBe(session);
});
