import { expect, test } from 'vitest';
import { isLoopback, needsAccess, parseSettings, type Surroundings } from './settings.ts';

const linux: Surroundings = { platform: 'linux', home: '/home/ada', cwd: '/work' };

function settings(env: Record<string, string>, around = linux) {
  const parsed = parseSettings(env, around);
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'));
  return parsed.settings;
}

function errors(env: Record<string, string>): readonly string[] {
  const parsed = parseSettings(env, linux);
  return parsed.ok ? [] : parsed.errors;
}

test('without any setting', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 4400,
    data: '/home/ada/.local/share/bough',
    demoModes: false,
    localModels: true,
    titles: true,
    agents: true,
    agentRoots: [],
    log: 'info',
    asidesDays: 14,
  };
  expect(settings({})).toEqual(defaults);
  expect(settings({ BOUGH_HOST: '', BOUGH_PORT: ' ', OPENAI_API_KEY: '', XDG_DATA_HOME: '' })).toEqual(
    defaults,
  );
});

test.each(['localhost', '::1', '127.0.0.1', '127.8.9.10', 'LOCALHOST', '[::1]'])(
  '%s is a host of this computer',
  (host) => {
    expect(isLoopback(settings({ BOUGH_HOST: host }).host)).toBe(true);
  },
);

test.each([
  '0.0.0.0',
  '::',
  '192.168.1.2',
  'fe80::1',
  'example.org',
  'my-host',
  '127.0.0.1.evil.example',
  '1270.0.0.1',
])('the host %s is reached by others: nothing works there without an access token', (host) => {
  expect(needsAccess(settings({ BOUGH_HOST: host }))).toBe(true);
});

test('a public address needs access tokens too, wherever Bough listens', () => {
  expect(needsAccess(settings({}))).toBe(false);
  const behind = settings({ BOUGH_PUBLIC_URL: 'https://Bough.Example.org:443/' });
  expect([behind.publicUrl, behind.host]).toEqual(['https://bough.example.org', '127.0.0.1']);
  expect(needsAccess(behind)).toBe(true);
});

test.each([
  'bough.example.org',
  'ftp://bough.example.org',
  'https://bough.example.org/chat',
  'https://u:p@b.org',
  'https://b.org/?x',
])('%s is no public address', (url) => {
  expect(errors({ BOUGH_PUBLIC_URL: url })).toEqual([
    'BOUGH_PUBLIC_URL is not the address of a site: it takes one like https://bough.example.org, without a path.',
  ]);
});

test.each(['http://0.0.0.0', 'my host', '-x', 'a..b', '0.0.0.0:4400'])('%s is no host', (host) => {
  expect(errors({ BOUGH_HOST: host })).toEqual([
    `BOUGH_HOST=${host} is not a host: it takes an address of this computer (0.0.0.0: all of them) or a name.`,
  ]);
});

test('ports', () => {
  expect(settings({ BOUGH_PORT: '8080' }).port).toBe(8080);
  expect(settings({ BOUGH_PORT: '0' }).port).toBe(0);
  for (const port of ['-1', '65536', '80a', '1e3', '44.0']) {
    expect(errors({ BOUGH_PORT: port })).toEqual([
      `BOUGH_PORT=${port} is not a port: it takes a number from 0 (any free port) to 65535.`,
    ]);
  }
});

test.each<[string, Surroundings, Record<string, string>, string]>([
  ['a relative one', linux, { BOUGH_DATA: 'data' }, '/work/data'],
  ['Linux, XDG', linux, { XDG_DATA_HOME: '/data' }, '/data/bough'],
  ['Linux, relative XDG', linux, { XDG_DATA_HOME: 'data' }, '/home/ada/.local/share/bough'],
  [
    'macOS',
    { ...linux, platform: 'darwin', home: '/Users/ada' },
    {},
    '/Users/ada/Library/Application Support/Bough',
  ],
  [
    'Windows',
    { platform: 'win32', home: 'C:\\Users\\Ada', cwd: 'C:\\' },
    { LOCALAPPDATA: 'C:\\Users\\Ada\\AppData\\Local' },
    'C:\\Users\\Ada\\AppData\\Local\\Bough',
  ],
  [
    'Windows without LOCALAPPDATA',
    { platform: 'win32', home: 'C:\\Users\\Ada', cwd: 'C:\\' },
    {},
    'C:\\Users\\Ada\\AppData\\Local\\Bough',
  ],
])('the data folder: %s', (_name, around, env, data) => {
  expect(settings(env, around).data).toBe(data);
});

test('a source of models', () => {
  expect(settings({ OPENAI_API_KEY: 'sk-1' }).openai).toEqual({
    baseUrl: 'https://api.openai.com/v1',
    key: 'sk-1',
  });
  expect(settings({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/' }).openai).toEqual({
    baseUrl: 'http://127.0.0.1:11434/v1',
  });
});

test('other sources of models', () => {
  expect(settings({ ANTHROPIC_API_KEY: 'sk-ant-1' }).anthropic).toEqual({ key: 'sk-ant-1' });
  expect(errors({ ANTHROPIC_API_KEY: 'hush hush' })).toEqual([
    'ANTHROPIC_API_KEY holds spaces or other characters that no key has.',
  ]);
  expect(settings({ BOUGH_LOCAL_MODELS: '0' }).localModels).toBe(false);
  expect(settings({ OLLAMA_CONTEXT_LENGTH: '32768' }).ollama).toEqual({ contextLength: 32_768 });
  expect(errors({ OLLAMA_CONTEXT_LENGTH: 'much' })).toHaveLength(1);
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:11434'],
  ['127.0.0.1:8000', 'http://127.0.0.1:8000'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  [':8000', 'http://127.0.0.1:8000'],
  ['http://gpu.local:80/', 'http://gpu.local'],
  ['https://gpu.example.org', 'https://gpu.example.org'],
  ['[::]:11434', 'http://127.0.0.1:11434'],
])('OLLAMA_HOST=%s is %s', (host, baseUrl) => {
  expect(settings({ OLLAMA_HOST: host }).ollama).toEqual({ baseUrl });
});

test('a wrong source is refused without repeating a secret', () => {
  for (const url of ['localhost:8080', 'ftp://example.org', 'https://example.org/v1?key=1', 'nonsense']) {
    expect(errors({ OPENAI_BASE_URL: url })).toEqual([
      'OPENAI_BASE_URL is not an address: it takes one like https://api.openai.com/v1.',
    ]);
  }
  const secrets = errors({ OPENAI_BASE_URL: 'https://ada:hush@example.org', OPENAI_API_KEY: 'hush hush' });
  expect(secrets).toHaveLength(1);
  expect([...secrets, ...errors({ OPENAI_BASE_URL: 'https://ada:hush@example.org' })].join()).not.toContain(
    'hush',
  );
});

test('switches and levels', () => {
  expect(settings({ BOUGH_DEMO_MODES: '1', BOUGH_LOG: 'DEBUG' })).toMatchObject({
    demoModes: true,
    log: 'debug',
  });
  expect(errors({ BOUGH_DEMO_MODES: 'yes', BOUGH_LOG: 'all' })).toEqual([
    'BOUGH_DEMO_MODES=yes is not understood: it takes 1 (on) or 0 (off).',
    'BOUGH_LOG=all is not understood: it takes debug, info, error.',
  ]);
});

test('how long the demo waits before a word', () => {
  expect(settings({ BOUGH_DEMO_PAUSE: '0' }).demoPause).toBe(0);
  expect(errors({ BOUGH_DEMO_PAUSE: '2.5' })).toEqual([
    'BOUGH_DEMO_PAUSE=2.5 is no number of milliseconds: it takes a whole number from 0 to 9999.',
  ]);
});

test('every wrong value has its line', () => {
  expect(
    errors({
      BOUGH_HOST: 'a b',
      BOUGH_PORT: 'x',
      OPENAI_BASE_URL: 'x',
      BOUGH_DEMO_MODES: 'x',
      BOUGH_LOG: 'x',
    }),
  ).toHaveLength(5);
});

test('an engine elsewhere', () => {
  expect(settings({}).streams).toBeUndefined();
  expect(settings({ BOUGH_STREAMS_URL: 'http://127.0.0.1:4437/' }).streams).toEqual({
    url: 'http://127.0.0.1:4437',
  });
  const env = { BOUGH_STREAMS_URL: 'https://streams.example/bough/', BOUGH_STREAMS_TOKEN: 'secret-1' };
  expect(settings(env).streams).toEqual({ url: 'https://streams.example/bough', token: 'secret-1' });
});

test.each([
  [{ BOUGH_STREAMS_URL: 'streams.example' }, 'BOUGH_STREAMS_URL is not an address'],
  [{ BOUGH_STREAMS_URL: 'ftp://streams.example/' }, 'BOUGH_STREAMS_URL is not an address'],
  [{ BOUGH_STREAMS_URL: 'https://streams.example/?key=hidden' }, 'BOUGH_STREAMS_URL is not an address'],
  [{ BOUGH_STREAMS_URL: 'https://me:hidden@streams.example' }, 'put the token into BOUGH_STREAMS_TOKEN'],
  [{ BOUGH_STREAMS_TOKEN: 'hidden' }, 'BOUGH_STREAMS_TOKEN is set without BOUGH_STREAMS_URL'],
  [{ BOUGH_STREAMS_URL: 'https://streams.example', BOUGH_STREAMS_TOKEN: 'hidden one' }, 'no key has'],
])('an engine that is not named well is refused, and no secret repeated: %o', (env, sentence) => {
  const [line, ...rest] = errors(env as Record<string, string>);
  expect(line).toContain(sentence);
  expect(line).not.toContain('hidden');
  expect(rest).toEqual([]);
});

test('agents are off wherever others can reach Bough, unless it is said', () => {
  expect(settings({ BOUGH_HOST: '0.0.0.0' }).agents).toBe(false);
  expect(settings({ BOUGH_PUBLIC_URL: 'https://bough.example.org' }).agents).toBe(false);
  expect(settings({ BOUGH_HOST: '0.0.0.0', BOUGH_AGENTS: '1' }).agents).toBe(true);
  expect(settings({ BOUGH_AGENTS: '0' }).agents).toBe(false);
  expect(errors({ BOUGH_AGENTS: 'yes' })[0]).toContain('BOUGH_AGENTS=yes');
});

test('the folders of agents are whole paths, as PATH is written', () => {
  expect(settings({ BOUGH_AGENT_ROOTS: '/srv/work: ~/code:' }).agentRoots).toEqual([
    '/srv/work',
    '/home/ada/code',
  ]);
  expect(errors({ BOUGH_AGENT_ROOTS: '/srv:work' })[0]).toContain('holds work');
});
