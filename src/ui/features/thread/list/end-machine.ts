/**
 * Whether a thread is kept at its end: a machine `(state, event) -> {state, effect}`, pure. Distances are in px, from the lower edge of the
 * window to the end of the thread, 0 at the end. Where the line that is read stays elsewhere is not decided here (`use-steady-reading.ts`).
 *
 * ```
 *             scrolled up, takes hold, unfolds              a field has the focus
 *  following ─────────────────────────────────▶ reading ─────────────────────────▶ editing
 *      ▲    ◀───────────────────────────────── ▲   ▲ ◀─────────────────────────────
 *      │     at the end again, own words sent  │   │         it is left
 *      └── arriving (smoothly) ────────────────┘   └── led (to a message)
 * ```
 *
 * `following`: the end is in sight, to some px, and comes there whatever grows. `arriving`: on the way there smoothly. `reading`: elsewhere; what comes
 * moves nothing, and nothing but the reader, or the end that comes up to them, makes it follow again. `unfolding`: what stood at the end was just
 * unfolded; as much of it is to come into sight as there is room. `led`: a jump takes the thread to a message, and alone says where it stands.
 * `editing`: the focus is in a field of the thread, which stays where it is.
 */

/** Scrolled nearer to the end than this, one is at the end. */
export const AT_END = 24;
/** What is rounded away on screens whose pixels are no whole ones. */
const ROUNDED = 1;

export type EndState =
  | { readonly kind: 'following'; readonly distance: number }
  | { readonly kind: 'arriving'; readonly distance: number }
  | { readonly kind: 'reading'; readonly distance: number }
  | { readonly kind: 'unfolding' }
  | { readonly kind: 'led' }
  | { readonly kind: 'editing' };

type Of<Kind extends EndState['kind']> = Extract<EndState, { readonly kind: Kind }>;

export type EndEvent =
  /** It was scrolled by whatever: a wheel, a finger, keys, its scrollbar, the browser, code. */
  | { readonly kind: 'scrolled'; readonly distance: number }
  /** Nothing has scrolled it for a moment. */
  | { readonly kind: 'settled'; readonly distance: number }
  /** What is in it is higher or lower than before. */
  | { readonly kind: 'grew'; readonly distance: number }
  /** The window over it is higher or lower than before: a keyboard came up, the message box grew, a phone was turned. */
  | { readonly kind: 'resized'; readonly distance: number }
  /** Own words went to the end of the path. */
  | { readonly kind: 'sent' }
  /** "Jump to latest". */
  | { readonly kind: 'jumped'; readonly smoothly: boolean }
  /** The reader takes hold of something above the end: selects words, walks to an earlier message by keys. */
  | { readonly kind: 'held'; readonly distance: number }
  /** And lets go of it. */
  | { readonly kind: 'released'; readonly distance: number }
  /** The reader unfolds something in the thread. */
  | { readonly kind: 'unfolded' }
  /** A jump begins to take the thread to a message. */
  | { readonly kind: 'led' }
  /** It is there. `atLast`: it is the last one. */
  | { readonly kind: 'arrived'; readonly distance: number; readonly atLast: boolean }
  /** The focus comes into a field of the thread. */
  | { readonly kind: 'entered' }
  /** And leaves it. */
  | { readonly kind: 'left'; readonly distance: number };

export type EndEffect =
  /** To the end, at once. */
  | 'to-end'
  /** To the end, so that one sees where it goes. */
  | 'to-end-smoothly'
  /** What still takes it to the end stops. */
  | 'stop'
  /** What was unfolded comes into sight as far as it has room; its head stays there. */
  | 'reveal'
  /** The field that has the focus comes into sight. */
  | 'show-field';

export interface EndStep {
  readonly state: EndState;
  readonly effect?: EndEffect;
}

const AT_ITS_END: EndState = { kind: 'following', distance: 0 };
const UNFOLDING: EndState = { kind: 'unfolding' };
const LED: EndState = { kind: 'led' };
const EDITING: EndState = { kind: 'editing' };

/** As a thread opens: at its end, or where it was left, however near that is to it. */
export const openedAt = (atEnd: boolean): EndState => (atEnd ? AT_ITS_END : reading(0));

/** The end is in sight, or will be in a moment. */
export const isToEnd = ({ kind }: EndState): boolean => kind === 'following' || kind === 'arriving';

/** The next state and what is to be done; the same state where nothing changes. */
export function step(state: EndState, event: EndEvent): EndStep {
  switch (event.kind) {
    case 'jumped':
      return event.smoothly
        ? { state: { kind: 'arriving', distance: Number.POSITIVE_INFINITY }, effect: 'to-end-smoothly' }
        : { state: AT_ITS_END, effect: 'to-end' };
    case 'sent':
      return state.kind === 'editing' ? { state } : { state: AT_ITS_END, effect: 'to-end' };
    case 'entered':
      return enter(state);
    default:
      return STEPS[state.kind](state as never, event);
  }
}

type Rest = Exclude<EndEvent, { readonly kind: 'jumped' | 'sent' | 'entered' }>;

const STEPS: {
  readonly [Kind in EndState['kind']]: (state: Of<Kind>, event: Rest) => EndStep;
} = {
  following: onFollowing,
  arriving: onArriving,
  reading: onReading,
  unfolding: onUnfolding,
  led: onLed,
  editing: onEditing,
};

function onFollowing(state: Of<'following'>, event: Rest): EndStep {
  switch (event.kind) {
    case 'scrolled':
      if (event.distance > state.distance + ROUNDED) return { state: reading(event.distance) };
      return { state: following(state, event.distance) };
    case 'grew':
    case 'resized':
      if (event.distance > ROUNDED) return { state: following(state, 0), effect: 'to-end' };
      return { state: following(state, 0) };
    case 'held':
      return { state: reading(event.distance), effect: 'stop' };
    case 'unfolded':
      return { state: UNFOLDING, effect: 'stop' };
    case 'led':
      return { state: LED, effect: 'stop' };
    default:
      return { state };
  }
}

function onArriving(state: Of<'arriving'>, event: Rest): EndStep {
  switch (event.kind) {
    case 'scrolled':
      if (event.distance <= ROUNDED) return { state: AT_ITS_END };
      // Against the way it goes: a hand.
      return event.distance > state.distance + ROUNDED
        ? { state: reading(event.distance) }
        : { state: { kind: 'arriving', distance: event.distance } };
    case 'grew':
    case 'resized':
      return { state: { kind: 'arriving', distance: event.distance } };
    case 'settled':
      return stopped(event.distance);
    case 'held':
      return { state: reading(event.distance), effect: 'stop' };
    case 'led':
      return { state: LED, effect: 'stop' };
    default:
      return { state };
  }
}

function onReading(state: Of<'reading'>, event: Rest): EndStep {
  switch (event.kind) {
    case 'scrolled':
      return approached(state, event.distance, AT_END);
    case 'grew':
    case 'resized':
      return approached(state, event.distance, ROUNDED);
    case 'held':
      return { state: at(state, event.distance) };
    case 'released':
      return event.distance <= AT_END ? stopped(event.distance) : { state };
    case 'led':
      return { state: LED };
    default:
      return { state };
  }
}

/** Only who comes nearer comes to the end: what is added there moves it away, what is laid out above it leaves it as far. */
function approached(state: Of<'reading'>, distance: number, enough: number): EndStep {
  const isThere = distance < state.distance && distance <= enough;
  return isThere ? stopped(distance) : { state: at(state, distance) };
}

function onUnfolding(state: EndState, event: Rest): EndStep {
  switch (event.kind) {
    case 'grew':
      return { state: reading(event.distance), effect: 'reveal' };
    case 'scrolled':
    case 'held':
      return { state: reading(event.distance) };
    case 'led':
      return { state: LED };
    default:
      return { state };
  }
}

function onLed(state: EndState, event: Rest): EndStep {
  if (event.kind !== 'arrived') return { state };
  return event.atLast ? stopped(event.distance) : { state: reading(event.distance) };
}

function onEditing(state: EndState, event: Rest): EndStep {
  if (event.kind === 'resized') return { state, effect: 'show-field' };
  return event.kind === 'left' ? stopped(event.distance) : { state };
}

function enter(state: EndState): EndStep {
  if (state.kind === 'editing') return { state };
  return isToEnd(state) ? { state: EDITING, effect: 'stop' } : { state: EDITING };
}

/**
 * Who is at the end follows from here on. Nothing is scrolled for that before something grows: a button that is being pressed would go away under
 * the pointer.
 */
const stopped = (distance: number): EndStep => ({
  state: distance <= AT_END ? { kind: 'following', distance } : reading(distance),
});

const reading = (distance: number): EndState => ({ kind: 'reading', distance });

const following = (state: Of<'following'>, distance: number): EndState =>
  state.distance === distance ? state : { kind: 'following', distance };

const at = (state: Of<'reading'>, distance: number): EndState =>
  state.distance === distance ? state : reading(distance);
