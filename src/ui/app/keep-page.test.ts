import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';

const PAGE = '<!doctype html><div id="root"></div>';
const script = readFileSync('public/sw.js', 'utf8');

/** What of the browser's caches the worker uses; `trouble`: a disk that is full, or a storage that is torn. */
class FakeCaches {
  trouble: 'none' | 'full' | 'torn' = 'none';
  readonly held = new Map<string, Response>();

  readonly open = async () => {
    this.check();
    return {
      match: this.match,
      put: async (request: Request | string, response: Response) => {
        if (this.trouble === 'full') throw new DOMException('', 'QuotaExceededError');
        this.held.set(pathOf(request), response);
      },
    };
  };
  /** As `caches.match`, which rejects and does not throw. */
  readonly match = async (request: Request | string) => {
    this.check();
    return this.held.get(pathOf(request))?.clone();
  };
  readonly keys = async () => [];

  private check(): void {
    if (this.trouble === 'torn') throw new DOMException('', 'UnknownError');
  }
}

const pathOf = (request: Request | string): string =>
  new URL(typeof request === 'string' ? request : request.url, 'http://bough.test').pathname;

let caches: FakeCaches;
let isAway: boolean;
let ask: (path: string, mode?: 'navigate') => Promise<string>;

beforeEach(() => {
  caches = new FakeCaches();
  isAway = false;
  const listeners = new Map<string, (event: object) => void>();
  const fetch = async (request: Request | string) => {
    if (isAway) throw new TypeError('Failed to fetch');
    return new Response(pathOf(request) === '/' ? PAGE : `file ${pathOf(request)}`);
  };
  const self = {
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
  };
  new Function('self', 'caches', 'fetch', 'location', script)(self, caches, fetch, {
    href: 'http://bough.test/sw.js?build=1',
    origin: 'http://bough.test',
  });
  ask = async (path, mode) => {
    let answer: Promise<Response> | undefined;
    const late: Promise<unknown>[] = [];
    listeners.get('fetch')?.({
      request: { method: 'GET', mode: mode ?? 'cors', url: `http://bough.test${path}` },
      respondWith: (given: Promise<Response>) => {
        answer = given;
      },
      waitUntil: (given: Promise<unknown>) => void late.push(given),
    });
    const text = await (await (answer as Promise<Response>)).text();
    await Promise.all(late);
    return text;
  };
});

const everything = async () => ({
  page: await ask('/', 'navigate'),
  code: await ask('/assets/later-abc.js'),
  plain: await ask('/theme.js'),
});
const all = { page: PAGE, code: 'file /assets/later-abc.js', plain: 'file /theme.js' };

test('what was opened is there without the server', async () => {
  expect(await everything()).toEqual(all);
  isAway = true;
  expect(await everything()).toEqual(all);
});

test.each(['full', 'torn'] as const)('a disk that is %s keeps nothing back', async (trouble) => {
  caches.trouble = trouble;
  expect(await everything()).toEqual(all);
});
