/**
 * The log: one JSON object a line on standard error, so that standard output stays for people (decision 0042). Callers
 * never pass what was said, keys, queries or whole paths.
 */
import { Repeats } from './repeats.ts';

export const LOG_LEVELS = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  /** `cause` adds its name, message and stack; it is for the log only, never for an answer. What repeats is summed up. */
  error(fields: LogFields, cause?: unknown): void;
}

export interface LogOptions {
  /** The lowest level that is written. Default: `info`. */
  readonly level?: LogLevel;
  /** Takes one line without its end. Default: standard error. */
  readonly write?: (line: string) => void;
  /** ms since the epoch. Default: the clock. */
  readonly now?: () => number;
  /** Default: a timer that keeps no process alive. */
  readonly later?: (ms: number, task: () => void) => void;
}

export function createLog(options: LogOptions = {}): Log {
  const { level = 'info', write = toStandardError, now = Date.now, later = timer } = options;
  const lowest = LOG_LEVELS.indexOf(level);
  const put = (at: LogLevel, fields: LogFields): void => {
    if (LOG_LEVELS.indexOf(at) < lowest) return;
    write(JSON.stringify({ time: new Date(now()).toISOString(), level: at, ...fields }));
  };
  const repeats = new Repeats({
    ...{ now, later },
    again: (fields) => put('error', fields),
    over: (fields) => put('info', fields),
  });
  return {
    debug: (fields) => put('debug', fields),
    info: (fields) => put('info', fields),
    error: (fields, cause) => {
      if (cause === undefined) put('error', fields);
      else if (repeats.isFirst(fields, cause)) put('error', { ...fields, ...told(cause) });
    },
  };
}

function told(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { error: String(cause) };
  const behind = cause.cause instanceof Error ? cause.cause.message : undefined;
  return { error: `${cause.name}: ${cause.message}`, stack: cause.stack, cause: behind };
}

const timer = (ms: number, task: () => void): void => void setTimeout(task, ms).unref();

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
