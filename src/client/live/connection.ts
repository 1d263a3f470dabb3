/** The effects of the live connection: fetch, timers, the set of streams. Its decisions are in machine.ts. */
import {
  HEALTH_PATH,
  LIVE_PATH,
  LIVE_STREAM_LIMIT,
  type LiveLine,
  type LiveRequest,
  parseStream,
} from '../../protocol/index.ts';
import { ownOf } from '../../protocol/own-property.ts';
import { SIGNED_OUT } from '../kit/access.ts';
import { isAbort, ServerError } from '../kit/errors.ts';
import { type Http, postJson } from '../kit/http.ts';
import type { ConnectionView } from '../types.ts';
import { readLines } from './lines.ts';
import {
  HIDDEN_LONG,
  HIDDEN_SOON,
  initialState,
  type LiveAction,
  type LiveEvent,
  type LiveState,
  step,
  type TimerName,
} from './machine.ts';
import type { FromConnection, Live, ToConnection } from './messages.ts';
import { sameView, viewOf } from './view.ts';

export interface ConnectionOptions {
  readonly http: Http;
  /** Takes what the connection has to say. States may come while `send` is running. */
  readonly post: (message: FromConnection) => void;
  /** Default: `Math.random`. */
  readonly random?: () => number;
  /**
   * When a hidden owner lets go. `late` (default): after a minute, later while a reply is written. `soon`: after a second
   * whatever happens, where every tab has a connection of its own and a browser has six for all.
   */
  readonly letGo?: 'late' | 'soon';
}

const REASONS: Readonly<Record<string, Pick<ConnectionView, 'storage' | 'signedOut'>>> = {
  'engine-unavailable': { storage: 'away' },
  'storage-full': { storage: 'full' },
  'storage-unwritable': { storage: 'away' },
  'storage-refused': { storage: 'refused' },
  'storage-elsewhere': { storage: 'elsewhere' },
  [SIGNED_OUT]: { signedOut: true },
};

/** An answer of which nothing came for so long is held back by somebody, if Bough answers otherwise, in ms: it begins at once. */
const HELD_AFTER = 6000;
const HELD: ConnectionView = { kind: 'connecting', held: true };

/** How soon a clock that went on is noticed, in ms. */
const TICK = 1000;
/** Hidden tabs get a timer a minute: only more than that is a machine that slept. */
const JUMP = 90_000;

/**
 * One live connection for a set of streams. It keeps a cursor for each (where the last frame ended) and nothing else.
 * Talks to its owner through plain messages: it lives in a worker where it can. `dispose` ends it for good.
 */
export class LiveConnection implements Live {
  private readonly options: ConnectionOptions;
  private readonly cursors = new Map<string, string>();
  private readonly open = new Map<
    number,
    {
      abort: AbortController;
      liveness: ReturnType<typeof setTimeout>;
      held: ReturnType<typeof setTimeout>;
    }
  >();
  private readonly timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  private readonly tick: ReturnType<typeof setInterval>;
  private state: LiveState;
  /** What the phases alone say. */
  private plain: ConnectionView = { kind: 'connecting' };
  private view: ConnectionView = this.plain;
  private disposed = false;
  /** Why Bough refuses although it answers: its storage is away, or this browser is not signed in. */
  private refused: Pick<ConnectionView, 'storage' | 'signedOut'> | undefined;

  /** What keeps Bough from writing, as it said last. */
  private unwritten: Pick<ConnectionView, 'storage'> | undefined;

  /** Something in between holds its answers back: so was it when they were last waited for. */
  private held = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.state = { ...initialState, hiddenAfter: options.letGo === 'soon' ? HIDDEN_SOON : HIDDEN_LONG };
    let last = Date.now();
    this.tick = setInterval(() => {
      const now = Date.now();
      if (now - last > JUMP) this.happened({ kind: 'clock-jump' });
      last = now;
    }, TICK);
  }

  /** Streams followed. */
  get size(): number {
    return this.cursors.size;
  }

  /** Where the last frame of `stream` ended; undefined when it is not followed. */
  position(stream: string): string | undefined {
    return this.cursors.get(stream);
  }

  send(message: ToConnection): void {
    switch (message.kind) {
      case 'follow':
        if (this.cursors.has(message.stream)) return;
        this.cursors.set(message.stream, message.offset);
        return this.setChanged();
      case 'unfollow':
        if (this.cursors.delete(message.stream)) this.setChanged();
        return;
      case 'network':
        return this.happened({ kind: message.online ? 'online' : 'offline' });
      case 'visibility':
        return this.happened({ kind: message.hidden ? 'hidden' : 'visible' });
    }
  }

  dispose(): void {
    this.disposed = true;
    clearInterval(this.tick);
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const connection of [...this.open.keys()]) this.close(connection);
  }

  private setChanged(): void {
    this.happened({ kind: 'set-changed', empty: this.cursors.size === 0 });
  }

  private replying(): boolean {
    if (this.options.letGo === 'soon') return false;
    return [...this.cursors.keys()].some((stream) => parseStream(stream)?.kind === 'reply');
  }

  private happened(event: LiveEvent): void {
    if (this.disposed) return;
    const { state, actions } = step(this.state, event, (this.options.random ?? Math.random)());
    this.state = state;
    for (const action of actions) this.act(action);
    if (state === this.state) this.look();
  }

  private look(): void {
    this.plain = viewOf(this.state, this.plain, Date.now());
    const view = this.seen(this.plain);
    if (sameView(view, this.view)) return;
    this.view = view;
    this.options.post({ kind: 'state', view });
  }

  private seen(view: ConnectionView): ConnectionView {
    if (this.held && (view.kind === 'connecting' || view.kind === 'offline')) return HELD;
    if (view.kind === 'live' && this.unwritten) return { ...view, ...this.unwritten };
    return view.kind === 'offline' && this.refused ? { ...view, ...this.refused } : view;
  }

  private act(action: LiveAction): void {
    switch (action.kind) {
      case 'open':
        void this.connect(action.connection, action.patience);
        return;
      case 'close':
        return this.close(action.connection);
      case 'listen':
        return this.listen(action.connection, action.patience);
      case 'start':
        clearTimeout(this.timers.get(action.timer));
        this.timers.set(
          action.timer,
          setTimeout(() => this.rang(action.timer), action.ms),
        );
        return;
      case 'cancel':
        clearTimeout(this.timers.get(action.timer));
        this.timers.delete(action.timer);
        return;
      case 'deliver':
        return this.deliver(action.line);
    }
  }

  private rang(timer: TimerName): void {
    this.timers.delete(timer);
    if (timer === 'hidden') this.happened({ kind: 'hidden-long', replying: this.replying() });
    else this.happened({ kind: timer === 'settle' ? 'settled' : 'retry' });
  }

  private deliver(line: Extract<LiveAction, { kind: 'deliver' }>['line']): void {
    if (!this.cursors.has(line.stream)) return;
    if (line.kind === 'frame') this.cursors.set(line.stream, line.next);
    // What is gone or closed has nothing to follow: the next connection goes without it, this one need not be changed.
    if (line.kind === 'gone' || line.closed) this.cursors.delete(line.stream);
    this.options.post(line);
  }

  private listen(connection: number, patience: number): void {
    const entry = this.open.get(connection);
    if (!entry) return;
    clearTimeout(entry.liveness);
    entry.liveness = this.liveness(connection, patience);
  }

  private liveness(connection: number, ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.happened({ kind: 'silent', connection }), ms);
  }

  private close(connection: number): void {
    const entry = this.open.get(connection);
    if (!entry) return;
    this.open.delete(connection);
    clearTimeout(entry.liveness);
    clearTimeout(entry.held);
    entry.abort.abort();
  }

  private request(): LiveRequest {
    // More than the server takes: the oldest are what pages show all the time; a later one has its turn when there is room.
    const streams = [...this.cursors]
      .slice(0, LIVE_STREAM_LIMIT)
      .map(([stream, offset]) => ({ stream, offset }));
    return { streams };
  }

  private async connect(connection: number, patience: number): Promise<void> {
    const abort = new AbortController();
    const held = setTimeout(() => void this.askWhyNothingComes(connection, abort.signal), HELD_AFTER);
    this.open.set(connection, { abort, held, liveness: this.liveness(connection, patience) });
    const flows = () => {
      clearTimeout(held);
      this.held = false;
    };
    try {
      const request = { ...postJson(this.request()), signal: abort.signal };
      const response = await this.options.http.request(LIVE_PATH, request);
      this.refused = undefined;
      const alive = () => this.happened({ kind: 'alive', connection });
      alive();
      if (response.body) {
        const part = () => {
          flows();
          alive();
        };
        for await (const line of readLines(response.body, part)) {
          this.learn(line);
          this.happened({ kind: 'line', connection, line });
        }
      }
      this.happened({ kind: 'lost', connection });
    } catch (error) {
      if (isAbort(error) && abort.signal.aborted) return;
      flows();
      this.refused = error instanceof ServerError ? ownOf(REASONS, error.code) : undefined;
      if (error instanceof ServerError) this.happened({ kind: 'refused', connection, status: error.status });
      else this.happened({ kind: 'lost', connection });
    }
  }

  /** What comes to a line that is live has just been written. */
  private learn(line: LiveLine): void {
    const isNews = line.kind === 'frame' && this.state.phase.kind === 'live';
    if (line.kind === 'beat') this.unwritten = ownOf(REASONS, line.unwritten ?? '');
    else if (isNews || line.kind === 'bye') this.unwritten = undefined;
  }

  /** Bough says something at once: where it answers what can be answered whole, the rest is held back on its way. */
  private async askWhyNothingComes(connection: number, signal: AbortSignal): Promise<void> {
    const answers = await this.options.http.request(HEALTH_PATH, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!answers || this.disposed || !this.open.has(connection)) return;
    this.held = true;
    this.look();
  }
}
