/**
 * The log: one JSON object a line on standard error, so that standard output stays for people (decision 0042). Callers
 * never pass what was said, keys, queries or whole paths.
 */
export const LOG_LEVELS = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  /** `cause` adds its name, message and stack; it is for the log only, never for an answer. */
  error(fields: LogFields, cause?: unknown): void;
}

export interface LogOptions {
  /** The lowest level that is written. Default: `info`. */
  readonly level?: LogLevel;
  /** Takes one line without its end. Default: standard error. */
  readonly write?: (line: string) => void;
  /** ms since the epoch. Default: the clock. */
  readonly now?: () => number;
}

export function createLog(options: LogOptions = {}): Log {
  const { level = 'info', write = toStandardError, now = Date.now } = options;
  const lowest = LOG_LEVELS.indexOf(level);
  const put = (at: LogLevel, fields: LogFields): void => {
    if (LOG_LEVELS.indexOf(at) < lowest) return;
    write(JSON.stringify({ time: new Date(now()).toISOString(), level: at, ...fields }));
  };
  return {
    debug: (fields) => put('debug', fields),
    info: (fields) => put('info', fields),
    error: (fields, cause) => put('error', { ...fields, ...(cause !== undefined && told(cause)) }),
  };
}

function told(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { error: String(cause) };
  const behind = cause.cause instanceof Error ? cause.cause.message : undefined;
  return { error: `${cause.name}: ${cause.message}`, stack: cause.stack, cause: behind };
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
