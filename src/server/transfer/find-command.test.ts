import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import type { ServerSettings } from '../settings.ts';
import { transfer } from './command.ts';
import { findSaid } from './find-command.ts';

vi.setConfig({ testTimeout: 60_000 });

let cwd: string;
let settings: ServerSettings;
let said: string[];
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'bough-find-'));
  settings = {
    ...{ host: '127.0.0.1', port: 0, data: join(cwd, 'data'), log: 'error' },
    ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: false },
  };
  said = [];
});
afterEach(() => rm(cwd, { recursive: true }));

const around = () => ({ settings, cwd, say: (line: string) => said.push(line) });

test('lists what was said, while no Bough runs and while one does', async () => {
  const messages = [
    { role: 'user', content: 'Where are the lanterns?' },
    { role: 'assistant', content: 'At the \u001b[31mriver' },
  ];
  await writeFile(join(cwd, 'chat.jsonl'), JSON.stringify({ messages }));
  await transfer(['import', 'chat.jsonl'], around());
  said = [];
  expect(await findSaid(['LANTERN', 'where'], around())).toBe(0);
  expect(said[0]).toMatch(/^Where are the lanterns\? \(you, \d{4}-\d\d-\d\d \d\d:\d\d\)$/);
  expect(said.slice(1)).toEqual([
    '  Where are the lanterns?',
    expect.stringMatching(/^ {2}\/c\/[\w-]+\?m=[\w-]+$/),
  ]);

  const server = await startServer(settings, { log: createLog({ write: () => {} }), sources: [] });
  try {
    said = [];
    expect(await findSaid(['river'], around())).toBe(0);
    expect(said[1]).toBe('  At the  [31mriver');
    expect(said[2]).toContain(`  ${server.url}/c/`);
    expect(await findSaid(['nowhere'], around())).toBe(1);
    expect(said.at(-1)).toBe('Nothing found.');
  } finally {
    await server.close();
  }
});

test('says what it does not understand', async () => {
  expect([await findSaid([], around()), await findSaid(['x', '--all'], around())]).toEqual([2, 2]);
  expect(said[0]).toMatch(/^“find” takes the words to look for\./);
});
