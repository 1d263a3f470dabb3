/**
 * Whether the page itself gets through while a live connection is up that may be a worker's: a browser, an extension
 * or a proxy can cut off the page alone. It asks, and what it is told is shown as a loss of the connection is (view.ts).
 *
 * ```
 *              failed, offline               failed
 *        idle ────────────────▶ connecting ──────────▶ waiting
 *         ▲                      │   ▲                  │  │
 *         │ answered             │   └── due, online ───┘  │
 *         └── (line-away) ───────┴──────── answered ───────┘
 * ```
 *
 * - `failed` is a request that reached nobody, `answered` one that was answered, whatever the answer says: any request of the page.
 *   In `connecting`, `failed` is the page's own question.
 * - The browser's `offline` is a hint: Bough may be on this computer.
 * - While the line is away it says all there is to say.
 */
import { HEALTH_PATH } from '../../protocol/index.ts';
import { NetworkError } from '../kit/errors.ts';
import type { Http } from '../kit/http.ts';
import type { ConnectionView } from '../types.ts';
import { retryDelay } from './machine.ts';
import { viewOf } from './view.ts';

export type ReachState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  /** `delay`: ms until it asks again, counted from when this began. */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly delay: number };

export type ReachEvent = 'failed' | 'answered' | 'offline' | 'online' | 'due' | 'line-away';

const idle: ReachState = { kind: 'idle' };

/** One step; the same object where nothing changes. Pure; `jitter` as of the connection's machine. */
export function reachStep(state: ReachState, event: ReachEvent, jitter: number): ReachState {
  switch (event) {
    case 'answered':
    case 'line-away':
      return state.kind === 'idle' ? state : idle;
    case 'offline':
      return state.kind === 'idle' ? { kind: 'connecting', attempt: 0 } : state;
    case 'failed': {
      if (state.kind === 'idle') return { kind: 'connecting', attempt: 0 };
      if (state.kind === 'waiting') return state;
      const attempt = state.attempt + 1;
      return { kind: 'waiting', attempt, delay: retryDelay(attempt, jitter) };
    }
    case 'online':
    case 'due':
      return state.kind === 'waiting' ? { kind: 'connecting', attempt: state.attempt } : state;
  }
}

export interface PageReachOptions {
  readonly http: Http;
  /** Takes how the connection is, for the page. */
  readonly show: (view: ConnectionView) => void;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** The effects of that. `dispose` ends it. */
export class PageReach {
  private readonly options: PageReachOptions;
  private state: ReachState = idle;
  private line: ConnectionView = { kind: 'connecting' };
  private view: ConnectionView = this.line;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private question: AbortController | undefined;

  constructor(options: PageReachOptions) {
    this.options = options;
  }

  /** How the live connection is: the page is shown that, unless it does not get through itself. */
  lineIs(view: ConnectionView): void {
    this.line = view;
    if (view.kind !== 'live') this.step('line-away');
    if (this.state === idle) this.show(view);
  }

  /** A request of the page reached nobody or was answered, or the browser says that the network went or came. */
  happened(event: Exclude<ReachEvent, 'due' | 'line-away'>): void {
    // Others that fail while it asks say nothing new.
    if (event === 'failed' && this.state.kind === 'connecting') return;
    if (this.line.kind === 'live') this.step(event);
  }

  dispose(): void {
    this.line = { kind: 'paused' };
    this.step('line-away');
  }

  private step(event: ReachEvent): void {
    const { state: before } = this;
    const state = reachStep(before, event, (this.options.random ?? Math.random)());
    if (state === before) return;
    this.state = state;
    clearTimeout(this.timer);
    this.question?.abort();
    if (state.kind === 'waiting') this.timer = setTimeout(() => this.step('due'), state.delay);
    if (state.kind === 'connecting') void this.ask();
    this.show(state.kind === 'idle' ? this.line : viewOf({ phase: state }, this.view, Date.now()));
  }

  private async ask(): Promise<void> {
    const question = new AbortController();
    this.question = question;
    const { signal } = question;
    const event = await this.options.http.request(HEALTH_PATH, { signal }).then(
      () => 'answered' as const,
      (error: unknown) => (error instanceof NetworkError ? 'failed' : 'answered'),
    );
    if (!signal.aborted) this.step(event);
  }

  private show(view: ConnectionView): void {
    if (view === this.view) return;
    this.view = view.kind === 'offline' && view !== this.line ? { ...view, follows: true } : view;
    this.options.show(this.view);
  }
}
