import { expect, test } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

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
