/** Following an engine whose live events break off, get stuck, lie or come late; on a server that does as it is told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { never, take } from '../contract/harness.ts';
import { EngineUnavailable, StreamGone, StreamMissing } from '../errors.ts';
import type { Engine } from '../port.ts';
import { type Answer, event, failure, isLive, page, says, ToldServer, tail } from './testing/told-server.ts';

let server: ToldServer;
let engine: Engine;
beforeEach(async () => {
  server = await ToldServer.start();
  engine = server.engine;
});
afterEach(() => server.end());

test('live events that break off go on where they were, and lose nothing', async () => {
  const items: unknown[] = [];
  const offsets: string[] = [];
  server.log(items, (response, nth, offset) => {
    offsets.push(offset);
    let at = nth === 0 ? items.length : Number(offset);
    const add = (count: number): void => {
      for (let n = 0; n < count; n += 1) items.push({ n: items.length });
      response.write(event(items.slice(at), String(items.length)));
      at = items.length;
    };
    add(0);
    for (const ms of [20, 40, 60]) setTimeout(() => add(1), ms);
    // What was said while nobody listened comes with the next connection.
    setTimeout(() => response.end('event: data\ndata: [{"cut'), 80);
    setTimeout(() => items.push({ n: items.length }), 90);
  });
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 9);
  expect(all.items).toEqual(items.slice(0, 9));
  expect(offsets.slice(0, 3)).toEqual(['now', '3', '7']);
});

test('live events that are stuck while the stream moves on are let go', async () => {
  const items: unknown[] = [{ n: 0 }];
  server.log(items, (response, nth) => {
    response.write(tail(String(items.length)));
    if (nth === 0) setTimeout(() => items.push({ n: 1 }), 100);
  });
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(all.items).toEqual([{ n: 0 }, { n: 1 }]);
});

test('many who follow share one connection, and the last lets go of it', async () => {
  const items: unknown[] = [{ n: 0 }];
  let [open, opened] = [0, 0];
  server.log(items, (response) => {
    open += 1;
    opened += 1;
    response.on('close', () => {
      open -= 1;
    });
    response.write(tail('1'));
    setTimeout(() => {
      items.push({ n: 1 });
      response.write(event([{ n: 1 }], '2'));
    }, 100);
  });
  const all = Array.from({ length: 20 }, () =>
    take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2),
  );
  for (const { items: taken } of await Promise.all(all)) expect(taken).toEqual(items);
  expect(opened).toBe(1);
  await sleep(50);
  expect(open).toBe(0);
});

test('a stream that somebody else deletes ends those who follow, also where the engine leaves them waiting', async () => {
  let deleted = false;
  server.answer = (request, response) => {
    if (deleted) return says(404)(request, response);
    if (!isLive(request)) return page('1', '[{"n":0}]')(request, response);
    response.writeHead(200).write(tail('1'));
  };
  const waiting = failure(take(engine.follow('s', '-1', never()), () => false));
  setTimeout(() => {
    deleted = true;
  }, 50);
  expect(await waiting).toBeInstanceOf(StreamMissing);
});

test('an engine that is away for a moment is waited for; for longer, those who follow are told', async () => {
  const items: unknown[] = [{ n: 0 }];
  const down: Answer = (request) => request.socket.destroy();
  server.log(items, (response) => {
    response.write(tail(String(items.length)));
    setTimeout(() => response.destroy(), 50);
  });
  const up = server.answer;
  const follow = engine.follow('s', '-1', never())[Symbol.asyncIterator]();
  expect((await follow.next()).value?.items).toEqual([{ n: 0 }]);
  server.answer = down;
  const next = follow.next();
  await sleep(200);
  items.push({ n: 1 });
  server.answer = up;
  expect((await next).value?.items).toEqual([{ n: 1 }]);
  server.answer = down;
  expect(await failure(Promise.resolve(follow.next()))).toBeInstanceOf(EngineUnavailable);
});

/** Another server on the same answers, with a timing of its own for this test. */
async function anew(live: Parameters<typeof ToldServer.start>[0]): Promise<void> {
  await server.end();
  server = await ToldServer.start(live);
  engine = server.engine;
}

test('live events that are stuck in an engine that says nothing else either are let go', async () => {
  const items: unknown[] = [{ n: 0 }];
  server.log(items, (response, nth) => {
    response.write(tail(String(items.length)));
    if (nth === 0) setTimeout(() => items.push({ n: 1 }), 100);
  });
  const reads = server.answer;
  server.answer = (request, response) => request.method !== 'HEAD' && reads(request, response);
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(all.items).toEqual([{ n: 0 }, { n: 1 }]);
});

test('live events that only come late are not let go', async () => {
  const items: unknown[] = [{ n: 0 }];
  let late = (): void => {};
  server.log(items, (response) => {
    response.write(tail('1'));
    late = () => response.write(event([{ n: 1 }], '2'));
  });
  const reads = server.answer;
  server.answer = (request, response) => {
    if (request.method === 'HEAD' && items.length === 1) {
      items.push({ n: 1 });
      setTimeout(() => late(), 100);
    }
    reads(request, response);
  };
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(all.items).toEqual(items);
  expect(server.lives).toBe(1);
});

test('live events are not let go for a tail that is older than they are', async () => {
  const items: unknown[] = [];
  let say = (_count: number): void => {};
  server.log(items, (response) => {
    response.write(tail('0'));
    say = (count) => {
      for (let n = 0; n < count; n += 1) items.push({ n: items.length });
      response.write(event(items.slice(-count), String(items.length)));
    };
  });
  const reads = server.answer;
  server.answer = (request, response) => {
    if (request.method !== 'HEAD') return reads(request, response);
    const known = String(items.length);
    say(1);
    setTimeout(() => page(known)(request, response), 50);
  };
  await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 3);
  expect(server.lives).toBe(1);
});

test('a close that does not come live is found', async () => {
  const items: unknown[] = [{ n: 0 }];
  server.log(items, (response, nth) => response.write(tail('1', nth > 0)));
  const reads = server.answer;
  server.answer = (request, response) => {
    if (server.count('HEAD') > 1) response.setHeader('stream-closed', 'true');
    reads(request, response);
  };
  const all = await take(engine.follow('s', '-1', never()), () => false);
  expect(all.items).toEqual(items);
  expect(server.lives).toBe(2);
});

test('silence that is the truth is asked about less and less, and cuts nothing', async () => {
  await anew({ silence: 20, longestSilence: 60_000 });
  const items: unknown[] = [{ n: 0 }];
  let say = (): void => {};
  server.log(items, (response) => {
    response.write(tail('1'));
    say = () => {
      items.push({ n: 1 });
      response.write(event([{ n: 1 }], '2'));
    };
  });
  // Longer than an answer may be silent.
  setTimeout(() => say(), 1_500);
  await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(server.lives).toBe(1);
  expect(server.count('HEAD')).toBeLessThan(10);
});

test.each<[string, number]>([
  ['deleted and made anew by somebody else', 400],
  ['deleted by somebody else', 404],
])('a stream that is %s while the live events are away is missing', async (_what, status) => {
  server.log([{ n: 0 }], (response) => {
    response.write(tail('1'));
    setTimeout(() => response.end(), 50);
  });
  const reads = server.answer;
  server.answer = (request, response) =>
    (isLive(request) && server.lives > 1 ? says(status) : reads)(request, response);
  expect(await failure(take(engine.follow('s', '-1', never()), () => false))).toBeInstanceOf(StreamMissing);
});

test('own deletes end those who follow where the engine leaves them waiting; who follows anew is another', async () => {
  server.log([{ n: 0 }], (response) => response.write(tail('1')));
  const reads = server.answer;
  server.answer = (request, response) => {
    if (request.method === 'DELETE') says(204)(request, response);
    else if (request.method === 'HEAD' && server.count('DELETE') > 0)
      setTimeout(() => says(410)(request, response), 100);
    else reads(request, response);
  };
  const waiting = failure(take(engine.follow('s', '-1', never()), () => false));
  while (server.lives === 0 || server.count('HEAD') === 0) await sleep(5);
  const deleted = engine.delete('s');
  while (server.count('DELETE') === 0) await sleep(5);
  await sleep(50);
  // The name is taken at once: this one is not told of what was there before.
  const anew = engine.follow('s', '-1', never())[Symbol.asyncIterator]();
  expect((await anew.next()).value?.items).toEqual([{ n: 0 }]);
  await deleted;
  expect(await waiting).toBeInstanceOf(StreamGone);
  // It is asked for once what was there is read.
  await vi.waitFor(() => expect(server.lives).toBe(2), { timeout: 10_000 });
  await anew.return?.(undefined);
});

test('an engine that is away is asked for live events less and less', async () => {
  await anew({ patience: 1_500 });
  server.answer = (request, response) =>
    isLive(request) ? request.socket.destroy() : page('1', '[{"n":0}]')(request, response);
  expect(await failure(take(engine.follow('s', '-1', never()), () => false))).toBeInstanceOf(
    EngineUnavailable,
  );
  expect(server.lives).toBeLessThan(10);
});

test('a read that fails while the events go on is made again', async () => {
  const items: unknown[] = [{ n: 0 }];
  let fails = 0;
  server.log(items, (response) => {
    response.write(tail('1'));
    setTimeout(() => {
      items.push({ n: 1 });
      fails = 3;
      // Where it is now, not what came.
      response.write(tail('2'));
    }, 50);
  });
  const reads = server.answer;
  server.answer = (request, response) => {
    if (request.method === 'GET' && !isLive(request) && fails-- > 0) request.socket.destroy();
    else reads(request, response);
  };
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(all.items).toEqual(items);
  expect(server.lives).toBe(1);
});

test('who follows once the engine is back begins anew, also beside one that has not noticed its end', async () => {
  server.log([{ n: 0 }], (response) => response.write(tail('1')));
  const up = server.answer;
  let cut = (): void => {};
  server.answer = (request, response) => {
    cut = () => request.socket.destroy();
    up(request, response);
  };
  const first = () => engine.follow('s', '-1', never())[Symbol.asyncIterator]();
  const unaware = first();
  await unaware.next();
  const told = first();
  await told.next();
  while (server.lives === 0) await sleep(5);
  server.answer = (request) => request.socket.destroy();
  cut();
  expect(await failure(told.next())).toBeInstanceOf(EngineUnavailable);
  server.answer = up;
  expect((await first().next()).value?.items).toEqual([{ n: 0 }]);
});
