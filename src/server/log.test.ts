import { expect, test } from 'vitest';
import { Refusal } from '../protocol/index.ts';
import { EngineUnavailable } from './engine/index.ts';
import { createLog, type LogLevel, MINUTE } from './log.ts';

function logAt(level: LogLevel): { lines: unknown[]; log: ReturnType<typeof createLog> } {
  const lines: unknown[] = [];
  return { lines, log: createLog({ level, now: () => 0, write: (line) => lines.push(JSON.parse(line)) }) };
}

test('a line is one JSON object with time and level', () => {
  const { lines, log } = logAt('info');
  log.info({ route: '/', status: 200 });
  expect(lines).toEqual([{ time: '1970-01-01T00:00:00.000Z', level: 'info', route: '/', status: 200 }]);
});

test('levels below the lowest are not written', () => {
  for (const [level, count] of [
    ['debug', 3],
    ['info', 2],
    ['error', 1],
  ] as const) {
    const { lines, log } = logAt(level);
    log.debug({});
    log.info({});
    log.error({});
    expect(lines).toHaveLength(count);
  }
});

test('an error tells its stack and what was behind it', () => {
  const { lines, log } = logAt('error');
  log.error({ what: 'test' }, new TypeError('outer', { cause: new Error('inner') }));
  log.error({ what: 'test' }, 'no error at all');
  expect(lines).toMatchObject([
    { error: 'TypeError: outer', stack: expect.stringContaining('log.test.ts'), cause: 'inner' },
    { error: 'no error at all' },
  ]);
});

/** A log on a clock that goes only when it is told to. */
function clocked() {
  const lines: Record<string, unknown>[] = [];
  const tasks: { readonly at: number; readonly task: () => void }[] = [];
  let time = 0;
  const log = createLog({
    now: () => time,
    write: (line) => lines.push(JSON.parse(line)),
    later: (ms, task) => tasks.push({ at: time + ms, task }),
  });
  const pass = (ms: number): void => {
    time += ms;
    for (const due of tasks.filter(({ at }) => at <= time)) {
      tasks.splice(tasks.indexOf(due), 1);
      due.task();
    }
  };
  return { lines, log, pass, waiting: () => tasks.length };
}

test('a storage that is away is told once with its stack, then once a minute, then that it is over', () => {
  const { lines, log, pass, waiting } = clocked();
  const away = (why: string, stream: string) =>
    new EngineUnavailable(`The storage did not answer (${why}).`, stream);
  const asked = new Refusal(503, 'engine-unavailable', 'The storage did not answer.');
  asked.cause = away('ECONNRESET', 'c/a/outline');
  for (let n = 0; n < 40; n += 1) {
    log.error({ what: 'conversations' }, away('ECONNREFUSED', `c/${n}/outline`));
    log.error({ what: 'request failed' }, asked);
    pass(1_000);
  }
  expect(lines).toEqual([
    expect.objectContaining({ what: 'conversations', stack: expect.stringContaining('log.test.ts') }),
  ]);
  pass(MINUTE - 40_000);
  log.error({ what: 'conversations' }, away('ECONNREFUSED', 'c/b/outline'));
  pass(MINUTE);
  pass(MINUTE);
  const error = 'The storage did not answer (ECONNREFUSED).';
  expect(lines.slice(1)).toEqual([
    { time: expect.any(String), level: 'error', what: 'conversations', error, again: 79 },
    { time: expect.any(String), level: 'error', what: 'conversations', error, again: 1 },
    { time: expect.any(String), level: 'info', what: 'conversations', error, over: true, times: 81, s: 60 },
  ]);
  expect(waiting()).toBe(0);
  log.error({ what: 'conversations' }, away('ECONNREFUSED', 'c/b/outline'));
  expect(lines).toHaveLength(5);
  expect(lines[4]).toHaveProperty('stack');
});

test('what fails once is one line, and what fails for different reasons a line each', () => {
  const { lines, log, pass } = clocked();
  log.error({ what: 'request failed' }, new TypeError('one'));
  log.error({ what: 'request failed' }, new TypeError('two'));
  log.error({ what: 'titles' }, new TypeError('one'));
  log.error({ what: 'request failed' }, new EngineUnavailable('It is full.', null, { why: 'full' }));
  log.error({ what: 'request failed' }, new EngineUnavailable('It is away.'));
  log.error({ what: 'no reason' });
  log.error({ what: 'no reason' });
  pass(MINUTE);
  pass(MINUTE);
  expect(lines).toHaveLength(7);
});
