import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CONVERSATIONS } from '../../../protocol/index.ts';
import { accessPath } from '../../../protocol/requests/access.ts';
import { madeWhen } from '../../engine/embedded/folder.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { EngineUnavailable } from '../../engine/index.ts';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import type { AppEnv } from '../kit/services.ts';
import { keptAs } from './kept-as.ts';

let engine: MemoryEngine;

beforeEach(async () => {
  engine = new MemoryEngine();
  await engine.create(CONVERSATIONS);
});

/** What the app answers, asked twice: the first time nobody waits for the engine. */
async function told(made = '', who?: string): Promise<string | null> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    if (who) c.set('token', { id: who } as never);
    await next();
  });
  app.use(keptAs(engine, made));
  app.get('/api/health', (c) => c.text('answered'));
  await app.request('/api/health');
  await new Promise(setImmediate);
  return (await app.request('/api/health')).headers.get('bough-kept-as');
}

it('is nothing while nothing was said', async () => {
  expect(await told()).toBe('none');
});

it('is of the data and of who was let in', async () => {
  await engine.append(CONVERSATIONS, [{ n: 1 }]);
  const name = await told('today');
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  await engine.append(CONVERSATIONS, [{ n: 2 }]);
  expect(await told('today')).toBe(name);
  expect(await told('tomorrow')).not.toBe(name);
  const [one, two] = [await told('today', 'token-1'), await told('today', 'token-2')];
  expect(new Set([name, one, two]).size).toBe(3);
  const other = new MemoryEngine();
  await other.create(CONVERSATIONS);
  await other.append(CONVERSATIONS, [{ n: 2 }]);
  engine = other;
  expect(await told('today')).not.toBe(name);
});

it('is not said to whoever signs in, as who was not let in yet', async () => {
  await engine.append(CONVERSATIONS, [{ n: 1 }]);
  const app = new Hono<AppEnv>();
  app.use(keptAs(engine, ''));
  app.all('/api/*', (c) => c.text('answered'));
  await app.request('/api/health');
  await new Promise(setImmediate);
  const of = async (path: string) => (await app.request(path)).headers.get('bough-kept-as');
  expect(await of('/api/health')).not.toBeNull();
  for (const command of ['sign-in', 'sign-out'] as const) expect(await of(accessPath(command))).toBeNull();
});

it('is not said while the engine is away, and nobody waits for it', async () => {
  engine.read = () => new Promise(() => {});
  expect(await told()).toBeNull();
});

it('asks again after an engine that could not be reached', async () => {
  const read = engine.read.bind(engine);
  engine.read = () => {
    throw new EngineUnavailable('no answer');
  };
  const app = new Hono<AppEnv>();
  app.use(keptAs(engine, ''));
  app.get('/api/health', (c) => c.text('answered'));
  const ask = async () => (await app.request('/api/health')).headers.get('bough-kept-as');
  expect(await ask()).toBeNull();
  engine.read = read;
  await ask();
  await new Promise(setImmediate);
  expect(await ask()).toBe('none');
});

let folder: string | undefined;
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
  folder = undefined;
});

it('knows when a data folder was made', async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-made-'));
  expect(await madeWhen(folder)).toBeUndefined();
  const own = await openEmbeddedEngine(folder);
  await own.shutdown();
  expect(await madeWhen(folder)).toMatch(/^\d{4}-/);
});
