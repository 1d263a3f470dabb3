import { setImmediate as tick } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, it } from 'vitest';
import { FailingEngine, id } from '../testing.ts';
import { type Outline, Outlines } from './outlines.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let engine: FailingEngine;
let outlines: Outlines;
beforeEach(() => {
  engine = new FailingEngine();
  outlines = new Outlines(engine);
});

async function open(count: number): Promise<readonly WeakRef<Outline>[]> {
  const opened: WeakRef<Outline>[] = [];
  for (let n = 0; n < count; n += 1) opened.push(new WeakRef(await outlines.of(id(`c${n}`))));
  return opened;
}

async function held(opened: readonly WeakRef<Outline>[]): Promise<number> {
  await tick();
  collect();
  return opened.filter((one) => one.deref()).length;
}

it('holds no more outlines, however many conversations were opened', async () => {
  const few = await held(await open(200));
  expect(few).toBe(128);
  expect(await held(await open(600))).toBe(few);
});

it('lets go of the one that was used least recently', async () => {
  await open(128);
  await outlines.of(id('c0'));
  await outlines.of(id('other'));
  const opens = async (name: string) => {
    engine.calls.length = 0;
    await outlines.of(id(name));
    return engine.calls.some((call) => call.startsWith('head'));
  };
  expect(await opens('c0')).toBe(false);
  expect(await opens('c1')).toBe(true);
});

it('holds nothing of a conversation it was told to forget', async () => {
  const opened = await open(10);
  for (let n = 0; n < 10; n += 1) outlines.forget(id(`c${n}`));
  expect(await held(opened)).toBe(0);
});
