import { describe, expect, it, vi } from 'vitest';
import { FakeServer, problem } from '../testing/fake-server.ts';
import { createCommand } from './commands.ts';
import { isMissing, mayPass, NetworkError, ServerError, sentenceOf, UnreadableError } from './errors.ts';
import { createHttp } from './http.ts';
import { StreamReader } from './streams.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const answering = (response: (url: string) => Response) =>
  createHttp('', async (url) => response(String(url)));

describe('a request that fails', () => {
  it('gives the sentence of the server', async () => {
    const http = answering(() => problem(409, 'still-writing', 'This reply is still being written.'));
    const error = (await failure(createCommand(http)('create', { conversation: 'c' }))) as ServerError;
    expect(error).toBeInstanceOf(ServerError);
    expect([error.status, error.code, sentenceOf(error)]).toEqual([
      409,
      'still-writing',
      'This reply is still being written.',
    ]);
    expect(mayPass(error)).toBe(false);
  });

  it('gives a sentence of our own where the server has none', async () => {
    const error = await failure(answering(() => new Response('<h1>502</h1>', { status: 502 })).request('/'));
    expect(sentenceOf(error)).toBe('Bough refused this (502).');
    expect(mayPass(error)).toBe(true);
  });

  it('says that Bough cannot be reached', async () => {
    const http = createHttp('', () => Promise.reject(new TypeError('fetch failed')));
    const error = await failure(http.request('/'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(sentenceOf(error)).toMatch(/could not be reached/);
    expect(mayPass(error)).toBe(true);
  });

  it('counts a timeout as out of reach, an abort as nobody’s business', async () => {
    const timeout = createHttp('', () => Promise.reject(new DOMException('', 'TimeoutError')));
    expect(await failure(timeout.request('/'))).toBeInstanceOf(NetworkError);
    const aborted = createHttp('', () => Promise.reject(new DOMException('', 'AbortError')));
    expect(await failure(aborted.request('/'))).toBeInstanceOf(DOMException);
  });

  it('gives up an answer that has begun and does not come whole', async () => {
    vi.useFakeTimers();
    const stalled = createHttp('', async (_, init) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('[{"v":1'));
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
        },
      });
      return new Response(body);
    });
    const asked = failure(new StreamReader(stalled).readPage('conversations', { offset: '-1' }));
    await vi.advanceTimersByTimeAsync(179_000);
    expect(await Promise.race([asked, 'waiting'])).toBe('waiting');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toBeInstanceOf(NetworkError);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('gives up a server that does not begin to answer, not one that is slow to end', async () => {
    vi.useFakeTimers();
    const silent = createHttp(
      '',
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
    );
    const asked = failure(silent.request('/'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await asked).toBeInstanceOf(NetworkError);
    let signal: AbortSignal | null | undefined;
    const begun = createHttp('', async (_, init) => {
      signal = init?.signal;
      return new Response('[]');
    });
    const controller = new AbortController();
    await begun.request('/', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signal?.aborted).toBe(false);
    controller.abort();
    expect(signal?.aborted).toBe(true);
    vi.useRealTimers();
  });

  it('does not show what it does not understand', async () => {
    const command = createCommand(answering(() => Response.json({ message: 'short' })));
    const input = { conversation: 'c', parent: 'p', reply: 'r', model: { source: 's', id: 'i' } };
    expect(await failure(command('regenerate', input))).toBeInstanceOf(UnreadableError);
    expect(sentenceOf(new Error('secret detail'))).not.toContain('secret');
  });
});

describe('reading a stream', () => {
  const server = new FakeServer();
  const reader = new StreamReader(createHttp('', server.fetch));
  for (let n = 1; n <= 5; n += 1) server.append('s', { n });

  it('goes page by page to the tail', async () => {
    const pages = [];
    for await (const page of reader.pages('s', { offset: '-1', max: 2 })) pages.push(page);
    expect(pages.map(({ items, next, upToDate }) => [items.length, next, upToDate])).toEqual([
      [2, 'o2', false],
      [2, 'o4', false],
      [1, 'o5', true],
    ]);
  });

  it('stops when it has enough', async () => {
    const before = server.requests.length;
    for await (const _page of reader.pages('s', { offset: '-1', max: 2 })) break;
    expect(server.requests.length).toBe(before + 1);
  });

  it('does not go round in circles on an answer that leads nowhere', async () => {
    const stuck = new StreamReader(
      answering(() => Response.json([], { headers: { 'stream-next-offset': 'o1' } })),
    );
    const pages = [];
    for await (const page of stuck.pages('s', { offset: 'o1' })) pages.push(page);
    expect(pages).toHaveLength(1);
  });

  it('asks for the next page of an index before it has read the one before', async () => {
    const asked: string[] = [];
    const paged = new StreamReader(
      answering((url) => {
        const offset = new URL(url, 'http://bough').searchParams.get('offset') as string;
        asked.push(offset);
        const headers = { 'stream-next-offset': offset === '-1' ? 'o1' : 'o2' };
        const last = offset === '-1' ? {} : { 'stream-up-to-date': 'true' };
        return Response.json([{ after: offset }], { headers: { ...headers, ...last } });
      }),
    );
    const pages = paged.index('s', undefined);
    const first = await pages.next();
    expect(first.value?.items).toEqual([{ after: '-1' }]);
    expect(asked).toEqual(['-1', 'o1']);
    const rest = [];
    for await (const { items } of pages) rest.push(...items);
    expect(rest).toEqual([{ after: 'o1' }]);
    expect(asked).toHaveLength(2);
  });

  it('tells a stream that is not there from a server that is not', async () => {
    expect(isMissing(await failure(reader.readPage('none', { offset: '-1' })))).toBe(true);
    expect(isMissing(new NetworkError())).toBe(false);
  });
});
