import { describe, expect, it } from 'vitest';
import { handClock } from '../testing.ts';
import { createClock } from './clock.ts';
import { KeyedQueue } from './queue.ts';
import { Timers } from './timers.ts';

describe('the clock', () => {
  it('never says the same time twice, nor an earlier one when it is set back', () => {
    let now = 100;
    const clock = createClock(() => now);
    expect([clock.tick(), clock.tick()]).toEqual([100, 101]);
    now = 50;
    expect(clock.tick()).toBe(102);
    now = 200;
    expect(clock.tick()).toBe(200);
  });

  it('goes above what it is told to without staying there', () => {
    const clock = createClock(() => 100);
    expect(clock.tick(5_000)).toBe(5_000);
    expect(clock.tick()).toBe(101);
    expect(clock.tick(Number.MAX_SAFE_INTEGER + 1)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('the queue', () => {
  it('runs tasks of a key one after another, also after one that failed, and other keys beside them', async () => {
    const queue = new KeyedQueue();
    const seen: string[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = queue.run('a', async () => {
      await gate;
      seen.push('first');
      throw new Error('no');
    });
    const second = queue.run('a', async () => seen.push('second'));
    await queue.run('b', async () => seen.push('other'));
    expect(seen).toEqual(['other']);
    release();
    await expect(first).rejects.toThrow('no');
    await second;
    expect(seen).toEqual(['other', 'first', 'second']);
  });

  it('keeps nothing once it is idle', async () => {
    const queue = new KeyedQueue();
    void queue.run('a', async () => {});
    await queue.idle();
    expect(queue.size).toBe(0);
  });
});

describe('timers', () => {
  it('run once per key, and none after they were cleared', () => {
    const clock = handClock();
    const timers = new Timers(clock.schedule);
    let runs = 0;
    timers.once('a', 10, () => (runs += 1));
    timers.once('a', 5, () => (runs += 1));
    clock.pass(10);
    expect(runs).toBe(1);
    timers.once('a', 10, () => (runs += 1));
    timers.clear();
    timers.once('b', 10, () => (runs += 1));
    clock.pass(100);
    expect(runs).toBe(1);
    expect(clock.waiting()).toBe(0);
  });

  it('are let go of when they are dropped', () => {
    const clock = handClock();
    const timers = new Timers(clock.schedule);
    let runs = 0;
    timers.once('a', 10, () => (runs += 1));
    timers.drop('a');
    timers.drop('b');
    expect(clock.waiting()).toBe(0);
    timers.once('a', 10, () => (runs += 1));
    clock.pass(10);
    expect(runs).toBe(1);
  });
});
