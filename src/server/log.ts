/**
 * The log: one JSON object a line on standard error, so that standard output stays for people (decision 0042). Callers
 * never pass what was said, keys, queries or whole paths.
 */
import { EngineUnavailable } from './engine/index.ts';

export const LOG_LEVELS = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

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
  const repeats = new RepeatedFailures({
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

/** In ms. */
export const MINUTE = 60_000;

interface RepeatedFailure {
  /** Of the first time, without its stack. */
  readonly fields: LogFields;
  readonly first: number;
  last: number;
  times: number;
  /** Of `times`, those the log has told of. */
  told: number;
}

interface RepeatedFailuresOptions {
  readonly now: () => number;
  readonly later: (ms: number, task: () => void) => void;
  /** It failed so many times more, or has not for a minute. */
  readonly again: (fields: LogFields) => void;
  readonly over: (fields: LogFields) => void;
}

/**
 * One line for what fails again and again: the first time with its stack, then at most one line a minute, and one when it is over. While a
 * storage is away everything fails for the same reason, many times a second.
 */
class RepeatedFailures {
  readonly #options: RepeatedFailuresOptions;
  readonly #failing = new Map<string, RepeatedFailure>();

  constructor(options: RepeatedFailuresOptions) {
    this.#options = options;
  }

  /** True for the first of its kind, which is to be told as it is. */
  isFirst(fields: LogFields, cause: unknown): boolean {
    const { now } = this.#options;
    const key = repeatKey(fields, cause);
    const known = this.#failing.get(key);
    if (known) {
      known.times += 1;
      known.last = now();
      return false;
    }
    const said = { ...fields, error: cause instanceof Error ? cause.message : String(cause) };
    this.#failing.set(key, { fields: said, first: now(), last: now(), times: 1, told: 1 });
    this.#lookLater(key);
    return true;
  }

  #lookLater(key: string): void {
    this.#options.later(MINUTE, () => this.#look(key));
  }

  #look(key: string): void {
    const failure = this.#failing.get(key);
    if (!failure) return;
    const { fields, first, last, times, told } = failure;
    if (times > told) {
      failure.told = times;
      this.#options.again({ ...fields, again: times - told });
      return this.#lookLater(key);
    }
    this.#failing.delete(key);
    if (times > 1) this.#options.over({ ...fields, over: true, times, s: Math.round((last - first) / 1000) });
  }
}

/** A storage that is away is one reason, whatever wanted something of it. */
function repeatKey({ what }: LogFields, cause: unknown): string {
  const away = unavailableIn(cause);
  return away ? `storage: ${away.why ?? 'away'}` : `${what}: ${cause}`;
}

function unavailableIn(cause: unknown): EngineUnavailable | undefined {
  for (let at = cause; at instanceof Error; at = at.cause) if (at instanceof EngineUnavailable) return at;
  return undefined;
}
