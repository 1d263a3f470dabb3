import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import type { ServerSettings } from '../settings.ts';
import { transfer } from './command.ts';

vi.setConfig({ testTimeout: 30_000 });

let cwd: string;
let settings: ServerSettings;
let said: string[];
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'bough-command-'));
  settings = {
    ...{ host: '127.0.0.1', port: 0, data: join(cwd, 'data'), log: 'error' },
    ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: false },
  };
  said = [];
  await writeFile(
    join(cwd, 'chats.jsonl'),
    ['One', 'Two']
      .map((word) =>
        JSON.stringify({
          messages: [
            { role: 'user', content: word },
            { role: 'assistant', content: `${word} answered` },
          ],
        }),
      )
      .join('\n'),
  );
});
afterEach(() => rm(cwd, { recursive: true }));

const progress: string[] = [];
const bough = (...words: string[]) =>
  transfer(words, {
    ...{ settings, cwd },
    say: (line) => said.push(line),
    progress: (line) => progress.push(line),
  });
const idsIn = async (file: string): Promise<string[]> =>
  (JSON.parse(await readFile(join(cwd, file), 'utf8')) as { conversation: { id: string } }[]).map(
    ({ conversation }) => conversation.id,
  );

test('brings files in and writes them again, while no Bough runs and while one does', async () => {
  expect(await bough('import', 'chats.jsonl')).toBe(0);
  expect(await bough('import', 'chats.jsonl')).toBe(0);
  expect(said).toEqual([
    'chats.jsonl: 2 conversations, 4 new messages.',
    'chats.jsonl: 2 conversations, 0 new messages, 4 messages there before.',
  ]);
  expect(progress).toContain('chats.jsonl: 1 conversation, 2 new messages…');
  expect(await readdir(join(settings.data, 'imports'))).toEqual([]);
  const server = await startServer(settings, { log: createLog({ write: () => {} }), sources: [] });
  try {
    expect(await bough('export', '--all', 'all.json')).toBe(0);
    const [first = '', second = ''] = await idsIn('all.json');
    expect(await bough('export', first, `${server.url}/c/${second}?m=x`, 'both.json')).toBe(0);
    expect(await idsIn('both.json')).toEqual([first, second]);
    expect(await bough('export', first, 'one.html')).toBe(0);
    expect(await readFile(join(cwd, 'one.html'), 'utf8')).toContain('answered');
    expect(await bough('export', first, 'one.txt', '--as', 'markdown')).toBe(0);
    expect(await readFile(join(cwd, 'one.txt'), 'utf8')).toMatch(/^# (One|Two)\n/);
    expect(await bough('export', first, second, 'both.zip', '--as', 'html')).toBe(0);
    expect(Object.keys(unzipSync(await readFile(join(cwd, 'both.zip')))).sort()).toEqual([
      'One.html',
      'Two.html',
    ]);
    expect(await bough('export', first, 'gone-now', 'part.zip', '--as', 'markdown')).toBe(1);
    expect(said.at(-1)).toBe('“Not exported.txt” in it says what could not be read.');
  } finally {
    await server.close();
  }
  expect(await bough('export', '--all', 'after.zip', '--as', 'markdown')).toBe(0);
  expect(Object.keys(unzipSync(await readFile(join(cwd, 'after.zip')))).sort()).toEqual(['One.md', 'Two.md']);
  expect(await bough('export', '--all', 'after.json')).toBe(0);
  expect(progress.at(-1)).toMatch(/^after\.json: [\d,]+ bytes…$/);
  expect(await idsIn('after.json')).toHaveLength(2);
});

test('says what is wrong, and leaves what was there', async () => {
  await writeFile(join(cwd, 'kept.md'), 'kept');
  for (const words of [
    ['import'],
    ['import', '--force'],
    ['export'],
    ['export', 'only.json'],
    ['export', 'some-id1', '--all', 'x.json'],
    ['export', '--all', 'x.doc'],
    ['export', '--all', 'x.html'],
    ['export', '--all', 'x.zip'],
    ['export', '--all', 'x.zip', '--as', 'openai'],
    ['export', 'some-id1', 'x.zip', '--as', 'html'],
    ['export', 'nosuch', 'x.html'],
  ])
    expect(await bough(...words)).toBe(2);
  expect(said.find((line) => line.includes('only.json'))).toMatch(
    /^“only\.json” is taken for the file to write\. Say before it which conversations, or --all\. .*export --help says more\.$/,
  );
  expect(said.at(-1)).toMatch(/^There is no conversation “nosuch”/);
  expect(await bough('import', 'nothing.json')).toBe(1);
  expect(await bough('export', 'nowhere-1', 'kept.md')).toBe(1);
  expect(await readFile(join(cwd, 'kept.md'), 'utf8')).toBe('kept');
  expect(await readdir(cwd)).not.toContain('kept.md.part');
  await writeFile(join(cwd, 'bad.json'), '[{"x":1}]');
  expect(await bough('import', 'bad.json')).toBe(1);
  expect(said.slice(-4)).toEqual([
    `There is no file ${join(cwd, 'nothing.json')}.`,
    expect.stringMatching(/^There is no conversation “nowhere-1”\. .*find WORDS lists addresses\.$/),
    'Conversation 1 of bad.json is in no format that Bough knows.',
    'bad.json: 0 conversations, 0 new messages.',
  ]);
});
