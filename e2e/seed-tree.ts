/**
 * Conversations that are trees, made straight through the engine as the write order would have left them: for pictures,
 * journeys and benches. The shape comes from a pure plan, so the same name and size give the same tree. The folder must not be in use
 * by a server.
 */
import {
  branchStream,
  CONVERSATIONS,
  type Message,
  newId,
  type OutlineItem,
  outlineStream,
  type Part,
  previewOf,
} from '../src/protocol/index.ts';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import { type Engine, START } from '../src/server/engine/port.ts';

/**
 * `trunk`: one line; `bushy`: forks everywhere; `realistic`: a long line, regenerations, a few edits and branches that go on;
 * `vast`: the same with a branch for every ten messages.
 */
export type Shape = 'trunk' | 'bushy' | 'realistic' | 'vast';

/** One message to write. `parent` is the index of an earlier one; null for a first message. */
export interface Planned {
  readonly parent: number | null;
  readonly role: 'user' | 'assistant';
}

/** A tree of `count` messages, parents before children. Pure: the same every time. */
export function planTree(shape: Shape, count: number): readonly Planned[] {
  const plan: Planned[] = [];
  const random = randomFrom(count * 7 + shape.length);
  let tip = -1;
  while (plan.length < count) {
    const from = shape === 'trunk' ? tip : nextFrom(plan, tip, shape, random);
    const role = from >= 0 && plan[from]?.role === 'user' ? 'assistant' : 'user';
    plan.push({ parent: from < 0 ? null : from, role });
    tip = plan.length - 1;
  }
  return plan;
}

/** Chances after a whole turn: another reply, and going on elsewhere. */
const RATES = { trunk: [0, 0], bushy: [0.12, 0.3], realistic: [0.08, 0.055], vast: [0.08, 0.12] } as const;

/** Where the next message goes: mostly on at the tip; after whole turns, now and then elsewhere. */
function nextFrom(plan: readonly Planned[], tip: number, shape: Shape, random: () => number): number {
  if (tip < 0 || plan[tip]?.role === 'user') return tip;
  const turn = random();
  const [regenerate, leave] = RATES[shape];
  if (turn < regenerate) return plan[tip]?.parent ?? tip;
  if (turn > 1 - leave) return elsewhere(plan, shape, random);
  return tip;
}

/** A reply to go on from: anywhere when bushy, else mostly near the end of the conversation. */
function elsewhere(plan: readonly Planned[], shape: Shape, random: () => number): number {
  const back = shape === 'bushy' ? random() : random() ** 2 * 0.6;
  for (let at = Math.floor((plan.length - 1) * (1 - back)); at >= 0; at -= 1) {
    if (plan[at]?.role === 'assistant') return at;
  }
  return -1;
}

/** A small generator of numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface SeededTree {
  readonly conversation: string;
  /** Ids by index in the plan. */
  readonly ids: readonly string[];
}

/**
 * Writes one planned tree; every line is a branch of its own, forked at the recorded offset from the stream that owns the fork point. `say`: what
 * message n says; default: a few questions and answers about a journey. `flat`: all in one stream, in the order of the plan: for tens of
 * thousands of messages that are only looked at.
 */
export function seedTree(
  folder: string,
  shape: Shape,
  count: number,
  say?: (n: number) => string,
  { flat = false } = {},
): Promise<SeededTree> {
  const title = `${titles[shape]} (${count} messages)`;
  return seedPlan(folder, planTree(shape, count), { title, flat, ...(say && { say }) });
}

export interface Telling {
  readonly title: string;
  /** What message n says, words or parts. Default: a few questions and answers about a journey. */
  readonly say?: (n: number) => string | readonly Part[];
  /** Default: false. */
  readonly flat?: boolean;
  /** The outline also says of every reply that it was begun and ended, as the server does. Default: false. */
  readonly generations?: boolean;
}

/** Where a tree is written. */
export type Streams = Pick<Engine, 'create' | 'fork' | 'append'>;

/** As `seedTree`, of any plan. */
export async function seedPlan(
  folder: string,
  plan: readonly Planned[],
  telling: Telling,
): Promise<SeededTree> {
  const engine = await openEmbeddedEngine(folder);
  try {
    return await writeTree(engine, plan, telling);
  } finally {
    await engine.shutdown();
  }
}

const titles: Readonly<Record<Shape, string>> = {
  trunk: 'A long walk',
  bushy: 'All the ways to Kyoto',
  realistic: 'Trip to Japan',
  vast: 'Everything about Japan',
};

/** A message as it was written: what a fork after it needs. */
interface Written {
  readonly branch: string;
  readonly end: string;
}

/** As `seedPlan`, to an engine that is open. */
export async function writeTree(
  engine: Streams,
  plan: readonly Planned[],
  { title, say, flat = false, generations = false }: Telling,
): Promise<SeededTree> {
  const conversation = newId();
  const started = Date.now() - plan.length * MINUTES;
  const ids = plan.map(() => newId());
  await engine.create(CONVERSATIONS);
  await engine.append(CONVERSATIONS, [headerOf(conversation, title, started, plan.length)]);
  await engine.create(outlineStream(conversation));
  const written: Written[] = [];
  const tails = new Map<string, string>();
  const index: OutlineItem[] = [];
  const parents = new Set<number | null>();
  for (const [n, { parent }] of plan.entries()) {
    const usual = messageOf(plan, n, { ids, started, later: parents.has(parent) });
    parents.add(parent);
    const said = say?.(n);
    const parts = typeof said === 'string' ? [{ kind: 'text' as const, text: said }] : said;
    const message: Message = parts ? { ...usual, parts: [...parts] } : usual;
    const above = parent === null ? undefined : (written[flat ? n - 1 : parent] as Written);
    const place = await placeFor(engine, conversation, { above, parent, ids, message, tails, index });
    const stream = branchStream(conversation, place.branch);
    const appended = await engine.append(stream, [message], { seq: place.start });
    if (appended.kind !== 'appended') throw new Error(`Message ${n}: ${appended.kind}`);
    tails.set(place.branch, appended.next);
    written.push({ branch: place.branch, end: appended.next });
    const { v: _v, kind: _kind, parts: _parts, ...header } = message;
    const span = { branch: place.branch, start: place.start, end: appended.next };
    if (generations && message.finish) index.push(generationOf(message, place));
    index.push({ v: 1, kind: 'message', message: { ...header, preview: previewOf(message.parts), ...span } });
    if (generations && message.finish)
      index.push({ v: 1, kind: 'generation-end', id: message.id, end: message.finish });
  }
  for (let at = 0; at < index.length; at += BATCH) {
    await engine.append(outlineStream(conversation), index.slice(at, at + BATCH));
  }
  return { conversation, ids };
}

const BATCH = 500;
const MINUTES = 7 * 60_000;

interface Placing {
  readonly above: Written | undefined;
  readonly parent: number | null;
  readonly ids: readonly string[];
  readonly message: Message;
  /** The tail of each branch. */
  readonly tails: ReadonlyMap<string, string>;
  readonly index: OutlineItem[];
}

function generationOf(
  { id, parent, author, origin, time }: Message,
  { branch, start }: { readonly branch: string; readonly start: string },
): OutlineItem {
  if (author.kind !== 'model' || parent === null) throw new TypeError('not a reply');
  const { model, name, demo } = author;
  const asked = { model, name, ...(demo && { demo }), origin, started: time };
  return { v: 1, kind: 'generation', generation: { id, parent, branch, at: start, ...asked } };
}

/** The end of the parent's branch if that is where the parent stands; else a branch of its own. */
async function placeFor(
  engine: Streams,
  conversation: string,
  { above, parent, ids, message, tails, index }: Placing,
): Promise<{ readonly branch: string; readonly start: string }> {
  if (above && tails.get(above.branch) === above.end) return { branch: above.branch, start: above.end };
  // As every writer names it (docs/protocol.md, "Streams").
  const branch = message.id;
  const stream = branchStream(conversation, branch);
  if (!above || parent === null) {
    index.push({ v: 1, kind: 'branch', branch: { id: branch, kind: 'root', from: null, at: message.time } });
    await engine.create(stream);
    return { branch, start: START };
  }
  const source = branchStream(conversation, above.branch);
  const from = { stream: source, offset: above.end, message: ids[parent] as string };
  index.push({ v: 1, kind: 'branch', branch: { id: branch, kind: 'fork', from, at: message.time } });
  await engine.fork(stream, { stream: source, offset: above.end });
  return { branch, start: above.end };
}

function headerOf(id: string, title: string, started: number, count: number) {
  return {
    v: 1,
    kind: 'conversation',
    id,
    at: started,
    created: started,
    active: started + count * MINUTES,
    title: { text: title, by: 'person' },
  };
}

interface Setting {
  readonly ids: readonly string[];
  readonly started: number;
  /** Something follows its parent already. */
  readonly later: boolean;
}

function messageOf(plan: readonly Planned[], n: number, { ids, started, later }: Setting): Message {
  const { parent, role } = plan[n] as Planned;
  const time = started + n * MINUTES;
  const reply = role === 'assistant';
  return {
    v: 1,
    kind: 'message',
    id: ids[n] as string,
    parent: parent === null ? null : (ids[parent] as string),
    role,
    author: reply
      ? { kind: 'model', model: { source: 'demo', id: 'demo' }, name: 'Demo (not an AI)', demo: true }
      : { kind: 'user' },
    parts: [{ kind: 'text', text: reply ? pick(ANSWERS, n) : pick(QUESTIONS, n) }],
    origin: { kind: later ? (reply ? 'regenerate' : 'fork') : 'send' },
    time,
    ...(reply && { finish: { reason: 'complete', at: time } }),
  };
}

const pick = (texts: readonly string[], n: number): string =>
  texts[(n * 5 + (n >> 3)) % texts.length] as string;

const QUESTIONS = [
  'Which city should we see first?',
  'What would two weeks cost for two?',
  'Is the rail pass worth it?',
  'Where do we sleep in Kyoto?',
  'Can we walk from the station?',
  'What is open on a Monday?',
  'We would rather see the coast. What then?',
  'And with a child of six?',
  'How long is the way to Nara?',
  'What do people eat for breakfast there?',
  'Make it cheaper.',
];

const ANSWERS = [
  'Start in Kyoto: it is calmer than Tokyo, and the old quarters are at their best early in the day.',
  'About 3,400 € without flights, if you stay in small inns and eat where people work.',
  'Only if you go further than Hiroshima. For the short ways single tickets are cheaper.',
  'Near the river, between the market and the hills. Everything else is a bus ride away.',
  'Yes, in twenty minutes, along the canal. In the rain take the number 5.',
  'Most museums are closed then; gardens and the market are open.',
  'Then Kamakura, and from there along the coast by the small railway.',
  'Plan half of it. A deer park, a train museum and a swim do more than five temples.',
  'Forty minutes by the express, an hour by the slow train with the better view.',
];
