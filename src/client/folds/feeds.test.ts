import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../kit/http.ts';
import { StreamReader } from '../kit/streams.ts';
import type { ToConnection } from '../live/messages.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { Feeds } from './feeds.ts';

const stream = 's';
let server: FakeServer;
let feeds: Feeds;
let sent: ToConnection[];

/** A fold that keeps the numbers it has seen, in order of arrival. */
function fold(start?: string) {
  const seen = new Set<number>();
  let position = start;
  const gone = vi.fn(() => {
    position = undefined;
  });
  const apply = (items: readonly unknown[], next: string) => {
    for (const item of items) seen.add((item as { n: number }).n);
    position = next;
  };
  return { seen, gone, feed: { stream, position: () => position, apply, gone } };
}

const frame = (from: number, next: number) => ({
  kind: 'frame' as const,
  stream,
  from: from === 0 ? '-1' : `o${from}`,
  next: `o${next}`,
  items: Array.from({ length: next - from }, (_, i) => ({ n: from + i + 1 })),
});
const written = (count: number) => {
  server.create(stream);
  for (let n = 1; n <= count; n += 1) server.append(stream, { n });
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  sent = [];
  feeds = new Feeds({
    reader: new StreamReader(createHttp('', server.fetch)),
    send: (message) => sent.push(message),
  });
});
afterEach(() => {
  feeds.dispose();
  vi.useRealTimers();
});

describe('a followed stream', () => {
  it('is followed from where its fold stands, as soon as it stands somewhere', () => {
    const { feed } = fold('o3');
    feeds.retain(feed, 0);
    expect(sent).toEqual([{ kind: 'follow', stream, offset: 'o3' }]);
    const unread = fold();
    feeds.retain({ ...unread.feed, stream: 't' }, 0);
    expect(sent).toHaveLength(1);
    feeds.begin('t', { segment: 't', position: 'o1' });
    expect(sent[1]).toEqual({ kind: 'follow', stream: 't', offset: 'o1' });
  });

  it('waits a moment for others still being read, so that one connection follows them all', async () => {
    for (const name of ['a', 'b', 'c']) feeds.retain({ ...fold().feed, stream: name }, 0);
    feeds.begin('a', { segment: 'a', position: 'o1' });
    expect(sent).toEqual([]);
    feeds.begin('b', { segment: 'b', position: 'o2' });
    await pass(300);
    expect(sent).toHaveLength(2);
    feeds.begin('c', { segment: 'c', position: 'o3' });
    expect(sent).toHaveLength(3);
  });

  it('is let go some time after the last one who wanted it', async () => {
    const { feed } = fold('o0');
    const [first, second] = [feeds.retain(feed, 1000), feeds.retain(feed, 1000)];
    first();
    await pass(2000);
    expect(sent.filter(({ kind }) => kind === 'unfollow')).toEqual([]);
    second();
    await pass(900);
    const third = feeds.retain(feed, 1000);
    await pass(2000);
    expect(sent.filter(({ kind }) => kind === 'unfollow')).toEqual([]);
    third();
    await pass(1100);
    expect(sent[sent.length - 1]).toEqual({ kind: 'unfollow', stream });
  });

  it('takes frames that overlap with what is folded, without a request', () => {
    const { feed, seen } = fold('-1');
    feeds.retain(feed, 0);
    for (const [from, next] of [
      [0, 2],
      [2, 3],
      [0, 4],
      [2, 3],
      [3, 5],
      [4, 6],
    ] as const) {
      feeds.heard(frame(from, next));
    }
    expect([...seen]).toEqual(upTo(6));
    expect(server.requests).toEqual([]);
  });

  it('reads a gap by GET, and goes on from there', async () => {
    written(5);
    const { feed, seen } = fold('o1');
    feeds.retain(feed, 0);
    feeds.heard(frame(3, 4));
    await pass(0);
    expect([...seen]).toEqual([2, 3, 4, 5]);
    expect(server.requests).toEqual(['GET /v1/stream/s?offset=o1']);
    feeds.heard(frame(5, 6));
    expect([...seen]).toEqual([2, 3, 4, 5, 6]);
  });

  it('has no need of a frame that ends where everything is known', async () => {
    const { feed } = fold('o5');
    feeds.retain(feed, 0);
    feeds.heard(frame(4, 5));
    await pass(0);
    expect(server.requests).toEqual([]);
  });

  it('reads again when frames did not fit while it was reading', async () => {
    written(3);
    const { feed, seen } = fold('o0');
    feeds.retain(feed, 0);
    feeds.heard(frame(2, 3));
    feeds.heard(frame(8, 9));
    server.before = () => {
      server.before = () => {};
      return new Promise((resolve) => setTimeout(resolve, 10));
    };
    await pass(20);
    expect([...seen]).toEqual([1, 2, 3]);
    expect(server.requests).toHaveLength(2);
  });

  it('keeps trying to close a gap while the server is away', async () => {
    written(3);
    const { feed, seen } = fold('o0');
    feeds.retain(feed, 0);
    server.down = true;
    feeds.heard(frame(2, 3));
    await pass(3500);
    server.down = false;
    await pass(1000);
    expect([...seen]).toEqual([1, 2, 3]);
  });

  it('asks before it believes that a stream is gone', async () => {
    written(2);
    const { feed, gone, seen } = fold('o1');
    feeds.retain(feed, 0);
    feeds.heard({ kind: 'gone', stream });
    await pass(600);
    expect(gone).not.toHaveBeenCalled();
    expect([...seen]).toEqual([2]);
    expect(sent[sent.length - 1]).toEqual({ kind: 'follow', stream, offset: 'o2' });
    server.delete(stream);
    feeds.heard({ kind: 'gone', stream });
    await pass(600);
    expect(gone).toHaveBeenCalledOnce();
  });

  it('is read anew when the server does not know the offset', async () => {
    written(1);
    const { feed, gone } = fold('from another data folder');
    feeds.retain(feed, 0);
    await feeds.catchUp(stream);
    expect(gone).toHaveBeenCalledOnce();
  });

  it('is not followed once it is closed and read to its end', async () => {
    written(1);
    server.close(stream);
    const { feed } = fold();
    feeds.retain(feed, 0);
    await feeds.catchUp(stream);
    expect(sent).toEqual([]);
  });
});

describe('an index that rolls over', () => {
  const next = `${stream}~2`;
  const rolled = { v: 1, kind: 'rolled', next };

  /** Stands in the next segment once it was given the end of the first. */
  function rolling() {
    const made = fold('o1');
    let segment = stream;
    const apply = (items: readonly unknown[], at: string) => {
      const ends = items.some((item) => (item as { kind?: string }).kind === 'rolled');
      made.feed.apply(items, ends ? '-1' : at);
      if (ends) segment = next;
    };
    return { ...made, feed: { ...made.feed, apply, segment: () => segment } };
  }

  it('is read in the next segment, and followed there', async () => {
    const { feed, seen } = rolling();
    feeds.retain(feed, 0);
    server.append(next, { n: 1 }, { n: 2 });
    feeds.heard({ kind: 'frame', stream, from: 'o1', next: 'o2', items: [rolled], closed: true });
    await pass(0);
    expect([...seen]).toContain(2);
    expect(server.requests[server.requests.length - 1]).toContain(`${next}?offset=-1&held=`);
    expect(sent[sent.length - 1]).toEqual({ kind: 'follow', stream: next, offset: 'o1' });
    feeds.heard({ kind: 'frame', stream: next, from: 'o1', next: 'o2', items: [{ n: 3 }] });
    // What the old segment still says is not from there.
    feeds.heard({ kind: 'frame', stream, from: 'o1', next: 'o9', items: [{ n: 99 }] });
    expect([...seen]).toContain(3);
    expect([...seen]).not.toContain(99);
    expect(feed.position()).toBe('o2');
  });

  it('is read over its end by one catch-up, and let go of under its new name', async () => {
    const { feed, seen } = rolling();
    written(1);
    server.append(stream, { n: 2 }, rolled);
    server.close(stream);
    server.append(next, { n: 3 });
    const release = feeds.retain(feed, 0);
    await feeds.catchUp(stream);
    await pass(0);
    expect([...seen]).toContain(3);
    release();
    await pass(1);
    expect(sent[sent.length - 1]).toEqual({ kind: 'unfollow', stream: next });
    expect(feeds.has(stream)).toBe(false);
  });
});

it('whatever is delivered, repeated or lost, the fold ends with everything, in order', async () => {
  const delivery = fc.array(fc.tuple(fc.nat(19), fc.integer({ min: 1, max: 5 })), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(delivery, async (frames) => {
      server = new FakeServer();
      written(20);
      feeds = new Feeds({ reader: new StreamReader(createHttp('', server.fetch)), send: () => {} });
      const { feed, seen } = fold('-1');
      feeds.retain(feed, 0);
      for (const [from, length] of frames) {
        feeds.heard(frame(from, Math.min(20, from + length)));
        if (length === 5) await pass(1);
      }
      feeds.heard(frame(19, 20));
      await pass(5);
      expect([...seen].sort((a, b) => a - b)).toEqual([...seen]);
      expect([...seen]).toEqual(upTo(20));
    }),
    { numRuns: 100 },
  );
});
