/**
 * One line for what fails again and again (decision 0042): the first time with its stack, then at most one line a minute, and one when
 * it is over. While a storage is away everything fails for the same reason, many times a second.
 */
import { EngineUnavailable } from './engine/index.ts';
import type { LogFields } from './log.ts';

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

export interface RepeatsOptions {
  readonly now: () => number;
  readonly later: (ms: number, task: () => void) => void;
  /** It failed so many times more, or has not for a minute. */
  readonly again: (fields: LogFields) => void;
  readonly over: (fields: LogFields) => void;
}

export class Repeats {
  readonly #options: RepeatsOptions;
  readonly #failing = new Map<string, RepeatedFailure>();

  constructor(options: RepeatsOptions) {
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
