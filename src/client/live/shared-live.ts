/**
 * A tab's side of the live connection that all tabs of the browser share. Where there is no SharedWorker, or it does not
 * come up, the tab has a connection of its own (docs/decisions/0045-one-connection-per-browser.md).
 */
import type { FromConnection, FromWorker, Live, ToConnection, ToWorker } from './messages.ts';
import type { Locks } from './ports.ts';

export interface SharedLiveOptions {
  readonly post: (message: FromConnection) => void;
  /** Starts the worker, or joins it. May throw. Undefined where there are no such workers. */
  readonly start: (() => SharedWorker) | undefined;
  /** Undefined outside secure contexts: nobody could tell then that a tab has crashed. */
  readonly locks: Locks | undefined;
  /** A connection of the tab's own. May reject (its code cannot be loaded): it is asked for again. */
  readonly alone: (post: (message: FromConnection) => void) => Promise<Live>;
  /** How long the worker may take to answer, in ms. Default: 5000. */
  readonly patience?: number;
}

/**
 * The worker answers at once; a browser that did not start it does not always say so. After so long, in ms, the tab goes
 * alone; should the worker come after all (a slow machine with many tabs), the tab moves there.
 */
const PATIENCE = 5000;
/** A worker that ends is started again that often; one that ends for ever is not what we want. */
const STARTS = 5;

export class SharedLive implements Live {
  private readonly options: SharedLiveOptions;
  /** The whole set, with where the last frame ended: told anew to whatever connection comes next. */
  private readonly followed = new Map<string, string>();
  private hidden = false;
  private starts = 0;
  private tell: ((message: ToConnection) => void) | undefined;
  /** Ends what this tab has of the worker, or of a connection of its own; undefined where it has none. */
  private leaveWorker: (() => void) | undefined;
  private leaveAlone: (() => void) | undefined;
  private disposed = false;

  constructor(options: SharedLiveOptions) {
    this.options = options;
    this.start();
  }

  send(message: ToConnection): void {
    if (message.kind === 'visibility') this.hidden = message.hidden;
    if (message.kind === 'unfollow') this.followed.delete(message.stream);
    if (message.kind === 'follow') {
      if (this.followed.has(message.stream)) return;
      this.followed.set(message.stream, message.offset);
    }
    this.tell?.(message);
  }

  /** Leaves the worker to the other tabs. */
  dispose(): void {
    this.disposed = true;
    this.part();
  }

  /** Lets go for as long as the browser keeps the page as it is, for the way back; `resume` takes it up again. */
  suspend(): void {
    this.part();
  }

  resume(): void {
    if (this.leaveWorker || this.leaveAlone || this.disposed) return;
    // Nothing had ended by itself.
    this.starts = 0;
    this.start();
  }

  private part(): void {
    this.leaveWorker?.();
    this.leaveAlone?.();
    this.leaveWorker = undefined;
    this.leaveAlone = undefined;
    this.tell = undefined;
  }

  private start(): void {
    const { start, locks } = this.options;
    this.starts += 1;
    if (!start || !locks || this.starts > STARTS) return this.goAlone();
    try {
      this.join(start(), locks);
    } catch {
      this.goAlone();
    }
  }

  private join(worker: SharedWorker, locks: Locks): void {
    const { port } = worker;
    const post = (message: ToWorker) => port.postMessage(message);
    const over = new AbortController();
    const next = (then: () => void) => {
      if (over.signal.aborted) return;
      this.part();
      then();
    };
    const fail = () => next(() => this.goAlone());
    const patience = setTimeout(() => this.goAlone(), this.options.patience ?? PATIENCE);
    this.leaveWorker = () => {
      clearTimeout(patience);
      over.abort();
      post({ kind: 'bye' });
      port.close();
    };
    worker.onerror = fail;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== 'hello') return this.heard(data);
      clearTimeout(patience);
      this.leaveAlone?.();
      this.leaveAlone = undefined;
      this.attach(post);
      whenFree(locks, data.lock, over.signal, () => next(() => this.start()));
    };
    holdLock(locks, over.signal).then((lock) => post({ kind: 'hello', lock }), fail);
  }

  private goAlone(): void {
    let over = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    this.leaveAlone = () => {
      over = true;
      clearTimeout(retry);
    };
    this.options
      .alone((message) => this.heard(message))
      .then((live) => {
        if (over) return live.dispose();
        this.leaveAlone = () => live.dispose();
        this.attach((message) => live.send(message));
      })
      .catch(() => {
        if (over) return;
        this.heard({ kind: 'state', view: { kind: 'offline' } });
        retry = setTimeout(() => this.goAlone(), this.options.patience ?? PATIENCE);
      });
  }

  private attach(tell: (message: ToConnection) => void): void {
    this.tell = tell;
    if (this.hidden) tell({ kind: 'visibility', hidden: true });
    for (const [stream, offset] of this.followed) tell({ kind: 'follow', stream, offset });
  }

  private heard(message: FromConnection): void {
    if (message.kind === 'frame' && this.followed.has(message.stream))
      this.followed.set(message.stream, message.next);
    if (message.kind === 'gone' || (message.kind === 'frame' && message.closed))
      this.followed.delete(message.stream);
    this.options.post(message);
  }
}

/** Holds a lock of this tab's own until `over` aborts or the tab ends. Resolves to its name once it is held. */
function holdLock(locks: Locks, over: AbortSignal): Promise<string> {
  const name = `bough-tab-${crypto.randomUUID()}`;
  return new Promise((resolve, reject) => {
    locks
      .request(name, () => {
        resolve(name);
        return new Promise<void>((release) =>
          over.addEventListener('abort', () => release(), { once: true }),
        );
      })
      .catch(reject);
  });
}

/** Calls back when whoever holds the lock is gone. */
function whenFree(locks: Locks, name: string, signal: AbortSignal, callback: () => void): void {
  locks.request(name, { signal }, () => callback()).catch(() => {});
}
