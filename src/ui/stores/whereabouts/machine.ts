/**
 * Where the reader of a conversation is: the message being read, what the path goes through, the entry of the browser's history, and what a
 * link wants (decisions 0082, 0083, 0111). One pure machine; what it says is done by `store.ts`.
 *
 *            opened, visited with a spot            path has it
 *   free ─────────────────────────────▶ seeking ───────────────▶ going ─── arrived ──▶ held
 *    ▲                                  │     ▲                    ▲                     │
 *    │                    path: unknown │     │ path: known now    │ jumped              │ moved by hand
 *    │                                  ▼     │                    │                     │
 *    ├──────────── forgotten ────────── lost ─┘                 (any)                    │
 *    └───────────────────────────────────────────────────────────────────────────────────┘
 *
 * `free`: the thread says what is read as it is scrolled. `seeking`: the address leads to what is not on the path yet. `going`: the thread
 * scrolls there, whatever wheel still turns; who walks on from message to message meanwhile ends it (`walked`, to `held`). `held`: it is
 * there, and stays what is read until a hand scrolls the thread: a short message at the end can never reach the line at which one reads,
 * and one at the upper edge stands above it.
 * `lost`: a link leads to what is not in this conversation.
 */

/** A place in a conversation. */
export interface ReadingSpot {
  /** The message the path goes through. */
  readonly through: string;
  /** The message that is read from. */
  readonly at: string;
  /** It is what was said there: who opens it again begins where the conversation was left, not at its message. */
  readonly said?: true;
}

/** What an entry of the history says of the conversation. */
export interface HistoryEntry {
  /** Where it stands; null: nowhere in particular. */
  readonly spot: ReadingSpot | null;
  /** Where Back leads to within the conversation; null: out of it. */
  readonly from: ReadingSpot | null;
  /** The spot is one that somebody's address names, not one that was noted here. */
  readonly isLink: boolean;
}

export type Mode =
  | { readonly kind: 'free' }
  | { readonly kind: 'seeking'; readonly spot: ReadingSpot; readonly isLink: boolean }
  | { readonly kind: 'going'; readonly at: string }
  | { readonly kind: 'held' }
  | { readonly kind: 'lost'; readonly spot: ReadingSpot };

/** The path that is shown, as far as it matters here. */
export interface PathShown {
  readonly keys: readonly string[];
  /** Those that are read: not on their way, no system prompts. */
  readonly read: readonly string[];
  /** The reply at its end that ended before its first word: what is asked for next takes its place. */
  readonly wordless: string | null;
  /** All of the conversation is known. */
  readonly isReady: boolean;
}

export interface Whereabouts {
  readonly conversation: string | null;
  /** What the path is to go through; null: where the view was. */
  readonly through: string | null;
  /** The message being read; null until somebody said so. */
  readonly reading: string | null;
  readonly mode: Mode;
  readonly entry: HistoryEntry;
  readonly path: PathShown;
}

export type WhereaboutsEvent =
  /** The conversation's page opens at an entry of the history. */
  | { readonly kind: 'opened'; readonly conversation: string; readonly entry: HistoryEntry }
  | { readonly kind: 'closed' }
  /** Back or Forward led to an entry of the conversation. */
  | { readonly kind: 'visited'; readonly entry: HistoryEntry }
  /** The path changed, or more is known. `isKnown`: whether a message is in the conversation. */
  | { readonly kind: 'path'; readonly path: PathShown; readonly isKnown: (message: string) => boolean }
  /** The reader jumps. `scroll`: the thread is to go there; else it sees to that itself. */
  | { readonly kind: 'jumped'; readonly to: ReadingSpot; readonly scroll: boolean }
  /** Something was made after the message `after` (null: at the start), and the path is to go through it. */
  | { readonly kind: 'made'; readonly message: string; readonly after: string | null }
  /** Own words went to the end of the path. */
  | { readonly kind: 'sent'; readonly message: string }
  /** What was read is hidden: the path is to go through what is left. */
  | { readonly kind: 'withdrew'; readonly to: string | null }
  /** The thread has scrolled to where it was to go. */
  | { readonly kind: 'arrived' }
  /** A hand scrolls the thread. */
  | { readonly kind: 'moved' }
  /** The reader went on within the thread, which sees to where that is in the window: to a message, or to the end (null). */
  | { readonly kind: 'walked'; readonly to: string | null }
  /** The thread shows this message where one reads. */
  | { readonly kind: 'read'; readonly message: string }
  /** The reader stays where the lost link led to. */
  | { readonly kind: 'forgotten' };

export type Effect =
  /** Notes in the entry of the history that is about to be left where the reader is. */
  | { readonly kind: 'note'; readonly spot: ReadingSpot }
  /** A new entry; `address`: with the message's, else with the conversation's own. */
  | { readonly kind: 'push'; readonly entry: HistoryEntry; readonly address: boolean }
  /** The entry stands where `entry` says, under the conversation's own address. */
  | { readonly kind: 'settle'; readonly entry: HistoryEntry };

export interface Step {
  readonly state: Whereabouts;
  readonly effects: readonly Effect[];
}

const NOWHERE: HistoryEntry = { spot: null, from: null, isLink: false };
const EMPTY: PathShown = { keys: [], read: [], wordless: null, isReady: false };
const FREE: Mode = { kind: 'free' };
const HELD: Mode = { kind: 'held' };

export const away: Whereabouts = {
  ...{ conversation: null, through: null, reading: null, mode: FREE, entry: NOWHERE, path: EMPTY },
};

/** The next state and what is to be done; the same state where nothing changes. */
export function step(state: Whereabouts, event: WhereaboutsEvent): Step {
  if (state.conversation === null && event.kind !== 'opened') return only(state);
  switch (event.kind) {
    case 'opened':
      return only(opened(event.conversation, event.entry));
    case 'closed':
      return only(away);
    case 'visited':
      return only(visited(state, event.entry));
    case 'path':
      return only(onPath({ ...state, path: event.path }, event.isKnown));
    case 'jumped':
      return jumped(state, event.to, event.scroll);
    case 'made':
      return made(state, event.message, event.after);
    case 'sent':
      return settled({ ...state, mode: FREE }, saidAt(event.message));
    case 'withdrew':
      return settled({ ...state, through: event.to, mode: FREE }, null);
    case 'arrived':
      return only(state.mode.kind === 'going' ? { ...state, mode: HELD } : state);
    case 'moved':
      return only(state.mode.kind === 'held' ? { ...state, mode: FREE } : state);
    case 'walked':
      return only(walked(state, event.to));
    case 'read':
      return only(read(state, event.message));
    case 'forgotten':
      return isSeeking(state.mode) ? settled({ ...state, mode: FREE }, null) : only(state);
  }
}

const only = (state: Whereabouts): Step => ({ state, effects: [] });

const isSeeking = ({ kind }: Mode): boolean => kind === 'seeking' || kind === 'lost';
/** The thread is taken to a message, or was and is still there. */
export const isBrought = ({ kind }: Mode): boolean => kind === 'going' || kind === 'held';

/** As a page opens: the same before anything was done and after. */
export function opened(conversation: string, entry: HistoryEntry): Whereabouts {
  const { spot, isLink } = entry;
  const mode: Mode = spot && !spot.said ? { kind: 'seeking', spot, isLink } : FREE;
  return { ...away, conversation, through: spot?.through ?? null, mode, entry };
}

function visited(state: Whereabouts, entry: HistoryEntry): Whereabouts {
  const { spot, isLink } = entry;
  if (!spot) return { ...state, mode: FREE, entry };
  const seeking: Whereabouts = {
    ...{ ...state, through: spot.through, mode: { kind: 'seeking', spot, isLink }, entry },
  };
  // The path that goes through it already need not change, and nobody would say so again.
  return state.path.keys.includes(spot.through) ? onPath(seeking, () => true) : seeking;
}

function onPath(state: Whereabouts, isKnown: (message: string) => boolean): Whereabouts {
  const { mode, path } = state;
  if (mode.kind !== 'seeking' && mode.kind !== 'lost') return state;
  const { spot } = mode;
  if (path.keys.includes(spot.through))
    return { ...state, mode: { kind: 'going', at: spot.at }, reading: spot.at };
  if (mode.kind === 'lost' || !path.isReady || isKnown(spot.through)) return state;
  // What was noted here can be gone for good: words that were taken back before they were sent.
  return mode.isLink ? { ...state, mode: { kind: 'lost', spot } } : { ...state, through: null, mode: FREE };
}

function jumped(state: Whereabouts, to: ReadingSpot, scroll: boolean): Step {
  const mode: Mode = scroll ? { kind: 'going', at: to.at } : HELD;
  const next = { ...state, through: to.through, mode, reading: to.at };
  const { spot } = state.entry;
  // To where the entry stands already: that makes no other.
  if (spot?.through === to.through && spot.at === to.at) return only(next);
  return pushed(state, next, to, true);
}

/** Beside what follows on the path it leads away from there, as a jump does; at the end of the path the talk goes on. */
function made(state: Whereabouts, message: string, after: string | null): Step {
  const { keys, wordless } = state.path;
  const following = keys[after === null ? 0 : keys.indexOf(after) + 1];
  const next = { ...state, through: message, mode: FREE };
  if (following === undefined || following === wordless || following === message)
    return settled(next, saidAt(message));
  return pushed(state, next, saidAt(message), false);
}

const saidAt = (message: string): ReadingSpot => ({ through: message, at: message, said: true });

function pushed(state: Whereabouts, next: Whereabouts, spot: ReadingSpot, address: boolean): Step {
  const from = hereOf(state);
  const entry: HistoryEntry = { spot, from, isLink: false };
  const effects: Effect[] = [{ kind: 'push', entry, address }];
  if (from) effects.unshift({ kind: 'note', spot: from });
  return { state: { ...next, entry }, effects };
}

/** Back still leads to where it did. */
function settled(state: Whereabouts, spot: ReadingSpot | null): Step {
  const entry: HistoryEntry = { spot, from: state.entry.from, isLink: false };
  return { state: { ...state, entry }, effects: [{ kind: 'settle', entry }] };
}

/** What one walks to is read, as what one jumps to is; at the end the thread says what. */
function walked(state: Whereabouts, to: string | null): Whereabouts {
  if (to === null) return isBrought(state.mode) ? { ...state, mode: FREE } : state;
  const mode = isSeeking(state.mode) ? state.mode : HELD;
  return state.mode === mode && state.reading === to ? state : { ...state, mode, reading: to };
}

function read(state: Whereabouts, message: string): Whereabouts {
  return isBrought(state.mode) || state.reading === message ? state : { ...state, reading: message };
}

/** Where the reader is, to come back to; null in an empty conversation. */
function hereOf({ path, reading }: Whereabouts): ReadingSpot | null {
  const through = path.read[path.read.length - 1];
  const at = selectedOn(path, reading);
  return through === undefined || at === null ? null : { through, at };
}

/** The one selected message: the one being read, or the nearest above it that can be, else the last; null where there is none. */
export function selectedOn(
  { keys, read }: Pick<PathShown, 'keys' | 'read'>,
  reading: string | null,
): string | null {
  const last = read[read.length - 1] ?? null;
  const at = reading === null ? -1 : keys.indexOf(reading);
  if (at < 0) return last;
  const readable = new Set(read);
  return keys.slice(0, at + 1).findLast((key) => readable.has(key)) ?? last;
}
