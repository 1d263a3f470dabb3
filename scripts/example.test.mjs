import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import { command } from '../src/server/maintenance/testing.ts';
import { run } from './run.mjs';

// Programs that start programs: on a busy machine each takes its time.
vi.setConfig({ testTimeout: 90_000 });

const example = (...args) => run(process.execPath, ['scripts/example.mjs', ...args], { capture: true });

test('an example is a conversation in the folder, and its address is said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bough-example-'));
  try {
    const { code, output } = await example('bushy', '20', folder);
    expect(output).toContain(`BOUGH_DATA=${folder} npm start`);
    expect(code).toBe(0);
    const id = /\/c\/(\S+)/.exec(output)?.[1];
    const engine = await openEmbeddedEngine(folder);
    const { items } = await engine.read(`c/${id}/outline`, '-1');
    await engine.shutdown();
    expect(items.filter(({ kind }) => kind === 'message')).toHaveLength(20);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each([
  ['bushy', '20'],
  ['realistic', '1000'],
])('the doctor finds nothing wrong in an example: %s of %s', async (shape, count) => {
  const folder = await mkdtemp(join(tmpdir(), 'bough-example-'));
  try {
    await example(shape, count, folder);
    expect(await command(folder, 'doctor')).toMatchObject({
      code: 0,
      text: expect.stringMatching('All is well'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('what it takes is said where that was not given', async () => {
  for (const args of [
    ['round', '20', '/tmp/x'],
    ['bushy', '20'],
  ]) {
    const { code, output } = await example(...args);
    expect(code).toBe(2);
    expect(output).toContain('SHAPE COUNT FOLDER');
  }
});
