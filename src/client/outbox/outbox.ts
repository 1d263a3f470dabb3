/** Sends and edits that the page still shows from here: on their way, refused, or accepted and not loaded yet. */
import type { Command } from '../kit/commands.ts';
import { mayPass, ServerError, sentenceOf } from '../kit/errors.ts';
import { Signal } from '../kit/signal.ts';
import type { PendingSend, ResendChange } from '../types.ts';
import {
  held,
  isHeld,
  queued,
  type SendAction,
  type SendEvent,
  type SendState,
  shownState,
  step,
} from './machine.ts';
import type { Hold, Saved, StoredSends } from './stored-sends.ts';

export type Send = Saved['send'];

interface QueuedSend {
  send: Send;
  readonly at: number;
  /** What it waits for in the queue. */
  hold?: Hold | undefined;
  /** It was found in the storage: another tab may be at it, too. */
  readonly adopted: boolean;
  state: SendState;
  /** The message is loaded from its branch: the page has no need of this any more. */
  loaded: boolean;
  /** The browser has no room for it: it lives as long as the page. */
  unkept?: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

type PlacedListener = (send: PendingSend, placed: { readonly forked: boolean }) => void;

export interface OutboxOptions {
  readonly command: Command;
  readonly storedSends: StoredSends;
  /** True while a page shows the conversation: it will tell when an accepted message is loaded. */
  readonly isOpen: (conversation: string) => boolean;
}

export class Outbox {
  /** What the page shows, oldest first. Entries that did not change keep their identity. */
  readonly pending = new Signal<readonly PendingSend[]>([]);
  /** Conversations that are still to be created: nothing of them can be read yet. */
  readonly uncreated = new Signal<ReadonlySet<string>>(new Set());
  private readonly options: OutboxOptions;
  private readonly entries = new Map<string, QueuedSend>();
  private readonly listeners = new Set<PlacedListener>();
  private disposed = false;

  constructor(options: OutboxOptions) {
    this.options = options;
    for (const saved of options.storedSends.load()) this.adopt(saved);
    this.publish();
    this.advance();
  }

  /** Takes a send and keeps at it until the server has said yes or no. `create`: the conversation is a new one. */
  add(send: Send, create: boolean): void {
    const entry: QueuedSend = { send, at: Date.now(), adopted: false, state: queued(create), loaded: false };
    this.entries.set(send.message, entry);
    this.act(entry, { kind: 'save' });
    this.publish();
    this.advance();
  }

  /** Takes a send into the queue: it goes when somebody says `release`, and nothing waits for it. */
  hold(send: Send, hold: Hold): void {
    const entry: QueuedSend = { send, at: Date.now(), hold, adopted: false, state: held, loaded: false };
    this.entries.set(send.message, entry);
    this.act(entry, { kind: 'save' });
    this.publish();
  }

  /** What is in the queue, oldest first. */
  queue(): readonly { readonly send: Send; readonly hold: Hold }[] {
    return [...this.entries.values()].flatMap(({ send, hold, state }) =>
      hold && isHeld(state.phase) ? [{ send, hold }] : [],
    );
  }

  /** Sends what is in the queue, after `parent`. */
  release(message: string, parent: string | null): void {
    const entry = this.entries.get(message);
    if (!entry || !isHeld(entry.state.phase)) return;
    entry.send = { ...entry.send, parent };
    entry.hold = undefined;
    this.happened(entry, { kind: 'release' });
  }

  /** Says whether the reply that one in the queue waits for can still come to be done. */
  settle(message: string, kind: 'stall' | 'resume'): void {
    this.happened(this.entries.get(message), { kind });
  }

  /** One in the queue no longer asks for the reply before it to be done: any end will do. */
  waitForAnyEnd(message: string): void {
    this.holdOtherwise(this.entries.get(message), { anyEnd: true });
  }

  /** Another tab has changed the entry `key` of the storage: what is in the queue is the same in all tabs. */
  stored(key: string): void {
    const { storedSends } = this.options;
    const message = storedSends.messageAt(key);
    if (message === undefined) return;
    const entry = this.entries.get(message);
    const saved = storedSends.read(key);
    if (!entry && saved?.hold) this.adopt(saved);
    else if (entry && !saved && isHeld(entry.state.phase)) this.entries.delete(message);
    else if (entry && saved && isHeld(entry.state.phase)) this.follow(entry, saved);
    if (!saved) this.keepOthers();
    this.publish();
    this.advance();
  }

  /** Tries again, with the same ids; `change` says what else to ask for, which nobody has accepted yet. */
  retry(message: string, change: ResendChange = {}): void {
    const entry = this.entries.get(message);
    if (entry && Object.keys(change).length > 0 && ['waiting', 'refused'].includes(entry.state.phase)) {
      entry.send = changed(entry.send, change, entry.state.facts?.reply);
      this.act(entry, { kind: 'save' });
    }
    this.happened(entry, { kind: 'again' });
  }

  /** Takes a send back that is not under way. Undefined if there is none such. */
  discard(message: string): PendingSend | undefined {
    const send = this.pending.get().find((pending) => pending.message === message);
    const entry = this.entries.get(message);
    this.happened(entry, { kind: 'discard' });
    if (entry?.state.phase !== 'gone') return undefined;
    this.closeRanks(entry);
    return send;
  }

  /** The server can be reached again: what waits goes at once. */
  connected(): void {
    for (const entry of [...this.entries.values()]) this.happened(entry, { kind: 'connected' });
  }

  /** The message is loaded from its branch. */
  loaded(message: string): void {
    const entry = this.entries.get(message);
    if (!entry) return;
    entry.loaded = true;
    this.tidy(entry);
    this.publish();
  }

  /** Calls `listener` for each send the server accepts. Returns the way to stop. */
  onPlaced(listener: PlacedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Stops. What is not accepted stays in the storage. */
  dispose(): void {
    this.disposed = true;
    for (const { timer } of this.entries.values()) clearTimeout(timer);
  }

  private adopt({ send, at, create, hold, problem, code, facts }: Saved): void {
    const fresh = hold ? held : queued(create);
    const state = problem
      ? { ...fresh, phase: 'refused' as const, problem, code: code ?? 'unknown', facts }
      : fresh;
    this.entries.set(send.message, { send, at, hold, adopted: true, state, loaded: false });
  }

  /** As another tab left it: still in the queue, or on its way from there. */
  private follow(entry: QueuedSend, { send, hold }: Saved): void {
    entry.hold = hold;
    if (!hold) this.release(send.message, send.parent);
  }

  /** What waited for the reply to one that was taken back waits for what that one waited for; if for nothing, a person decides. */
  private closeRanks({ send, hold }: QueuedSend): void {
    for (const entry of [...this.entries.values()])
      if (entry.hold?.after === send.reply) this.holdOtherwise(entry, hold ?? { orphan: true });
  }

  private holdOtherwise(entry: QueuedSend | undefined, change: Partial<Hold>): void {
    if (!entry?.hold) return;
    entry.hold = { ...entry.hold, ...change };
    this.act(entry, { kind: 'save' });
    this.publish();
  }

  private happened(entry: QueuedSend | undefined, event: SendEvent): void {
    if (!entry || this.disposed) return;
    const { state, actions } = step(entry.state, event);
    if (state === entry.state) return;
    entry.state = state;
    clearTimeout(entry.timer);
    for (const action of actions) this.act(entry, action);
    this.tidy(entry);
    this.publish();
    this.advance();
  }

  private act(entry: QueuedSend, action: SendAction): void {
    const { command, storedSends } = this.options;
    const { send, at, hold, state } = entry;
    const { conversation, message } = send;
    switch (action.kind) {
      case 'create':
        return void this.run(entry, () => command('create', { conversation }));
      case 'send':
        return void this.run(entry, () => given(command, send));
      case 'wait':
        entry.timer = setTimeout(() => this.happened(entry, { kind: 'due' }), action.ms);
        return;
      case 'save': {
        const { create, problem, code, facts } = state;
        const why = { ...(problem && { problem }), ...(code && { code }), ...(facts && { facts }) };
        entry.unkept = !storedSends.save({ at, create, send, ...(hold && { hold }), ...why });
        return;
      }
      case 'forget':
        storedSends.forget(message);
        return this.keepOthers(entry);
      case 'report':
        for (const listener of [...this.listeners]) listener(pendingOf(entry), action);
    }
  }

  /** There is room now for what could not be kept. */
  private keepOthers(but?: QueuedSend): void {
    for (const entry of this.entries.values())
      if (entry.unkept && entry !== but && entry.state.phase !== 'accepted')
        this.act(entry, { kind: 'save' });
  }

  private async run(entry: QueuedSend, work: () => Promise<object>): Promise<void> {
    const { message } = entry.send;
    // Taken back in another tab, or accepted there.
    if (entry.adopted && !this.options.storedSends.has(message)) return this.abandon(entry);
    try {
      const answer = await work();
      if (entry.state.phase === 'creating') this.happened(entry, { kind: 'created' });
      else this.happened(entry, { kind: 'accepted', forked: 'forked' in answer && answer.forked === true });
    } catch (error) {
      this.happened(entry, failureEvent(error));
    }
  }

  /** Starts the first of each conversation; those behind it wait, so that nothing overtakes. */
  private advance(): void {
    const busy = new Set<string>();
    for (const entry of [...this.entries.values()]) {
      const { phase } = entry.state;
      const { conversation } = entry.send;
      if (phase === 'queued' && !busy.has(conversation)) this.happened(entry, { kind: 'start' });
      if (phase !== 'refused' && phase !== 'accepted' && !isHeld(phase)) busy.add(conversation);
    }
  }

  private abandon(entry: QueuedSend): void {
    this.entries.delete(entry.send.message);
    this.publish();
    this.advance();
  }

  private tidy(entry: QueuedSend): void {
    const { phase } = entry.state;
    const done = phase === 'accepted' && (entry.loaded || !this.options.isOpen(entry.send.conversation));
    if (done || phase === 'gone') this.entries.delete(entry.send.message);
  }

  private publish(): void {
    const before = new Map(this.pending.get().map((pending) => [pending.message, pending]));
    const shown = [...this.entries.values()].filter(({ loaded }) => !loaded).map(pendingOf);
    const next = shown.map((pending) => sameUnlessChanged(before.get(pending.message), pending));
    const same = next.length === before.size && next.every((pending, i) => pending === this.pending.get()[i]);
    if (!same) this.pending.set(next);
    const creating = [...this.entries.values()].filter(({ state }) => state.create);
    const uncreated = new Set(creating.map(({ send }) => send.conversation));
    const old = this.uncreated.get();
    if (uncreated.size !== old.size || [...uncreated].some((id) => !old.has(id)))
      this.uncreated.set(uncreated);
  }
}

/** @param refused which of several replies was refused: another model takes its place. */
function changed(send: Send, change: ResendChange, refused = 0): Send {
  const { model } = change;
  const replies = 'replies' in send && model ? send.replies : undefined;
  const instead = replies?.map((reply, at) => (at === refused && model ? { ...reply, model } : reply));
  const resent = change.parent !== undefined && isEdit(send) ? asNew(send) : send;
  return { ...resent, ...change, ...(instead && { replies: instead }) } as Send;
}

/** After a summary an edit is said as a message of its own: n/m passes summaries, so it counts beside what it is a version of. */
function asNew({ of: _, role: __, ...said }: Extract<Send, { of: string }>): object {
  return said;
}

function given(command: Command, { files, ...send }: Send): Promise<object> {
  const named = files && { files: files.map(({ hash, name, original }) => ({ hash, name, original })) };
  if (!isEdit(send)) {
    const { replies, reply, model, ...said } = send;
    return command('send', {
      ...said,
      ...named,
      ...(replies ? { replies: [...replies] } : { reply, model }),
    });
  }
  const { parent, role, reply, model, origin, ...edit } = send;
  return command('edit', { ...edit, ...named, ...(reply && { reply, model }) });
}

const isEdit = <T extends object>(send: T): send is Extract<T, { of: string }> => 'of' in send;

function pendingOf({ send, hold, state, unkept }: QueuedSend): PendingSend {
  const { phase, problem, code, facts } = state;
  const why = { ...(problem && { problem }), ...(code && { code }), ...(facts && { facts }) };
  const { after, orphan, inAside } = hold ?? {};
  const waits = after && { after, ...(orphan && { orphan }), ...(inAside && { inAside }) };
  const about = { state: shownState(phase), ...waits, ...why, ...(unkept && { unkept }) };
  // The schema also allows fields that are there and undefined; JSON has none.
  return { ...send, ...about } as PendingSend;
}

/** What changes of one that is shown. */
const KEYS = ['state', 'problem', 'parent', 'after', 'orphan', 'unkept'] as const;

function sameUnlessChanged(before: PendingSend | undefined, now: PendingSend): PendingSend {
  return before && KEYS.every((key) => before[key] === now[key]) ? before : now;
}

/** What somebody can do something about: it is said with what waits for it. */
const WAITS_FOR: ReadonlySet<string> = new Set([
  'summarising',
  'storage-full',
  'storage-unwritable',
  'storage-refused',
  'storage-elsewhere',
]);

function failureEvent(error: unknown): SendEvent {
  // Where it only did not answer, the connection says so already.
  const said = error instanceof ServerError && WAITS_FOR.has(error.code);
  if (mayPass(error)) return said ? { kind: 'lost', problem: error.message } : { kind: 'lost' };
  const { code = 'unknown', facts = undefined } = error instanceof ServerError ? error : {};
  return { kind: 'refused', problem: sentenceOf(error), code, ...(facts && { facts }) };
}
