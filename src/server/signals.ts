/** Ending on a signal: once with care, at once when asked again, and never later than promised. */

/** The process ends this many ms after the first signal, whatever hangs. */
export const LAST_MOMENT = 2800;
/** npm hands on the Ctrl+C that the terminal has sent already: what comes this soon, in ms, is no second one. */
export const SAME_PRESS = 400;

export interface ProcessEnd {
  /** Closes the server; never rejects. */
  readonly close: () => Promise<void>;
  readonly exit: (code: number) => void;
  /** ms on a clock that is never set back. */
  readonly now: () => number;
  /** Runs `task` once after `ms`, without keeping the process alive. */
  readonly after: (ms: number, task: () => void) => void;
}

/** Takes the signals. Exit code 0 when all was closed, 1 when it was not waited for. */
export function onSignal({ close, exit, now, after }: ProcessEnd): () => void {
  let first: number | undefined;
  return () => {
    if (first === undefined) {
      first = now();
      after(LAST_MOMENT, () => exit(1));
      void close().then(() => exit(0));
    } else if (now() - first > SAME_PRESS) exit(1);
  };
}
