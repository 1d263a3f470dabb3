/**
 * What the scripted provider does, by a name: `NAME[:ARGUMENT][@BASE]`. README.md lists them.
 *
 * @typedef {object} Plan
 * @property {number} [status] an answer without a stream, with `headers` and `body`
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {string[]} [frames] a stream: server-sent events as they go over the wire
 * @property {BufferEncoding} [encoding] of the frames; default 'utf8'
 * @property {number} [every] ms between two frames; default 0
 * @property {'end' | 'destroy' | 'stall'} [ending] after the last frame; default 'end'
 */

import { oddPlans } from './oddities.mjs';

/** @typedef {import('./wires/wire.ts').Wire} Wire @typedef {import('./wires/wire.ts').Json} Json */
/** A request: what it says, in the wire format it came in, and with which key. @typedef {{ readonly wire: Wire, readonly body: Json, readonly key: string }} Asked */

export const MODELS = [
  ...[
    'echo',
    'titled',
    'story',
    'tokens:100x20',
    'tokens:2000x20',
    'slow',
    'reasoning',
    'tools',
    'length',
    'empty',
    'malformed',
    'stall',
    'html',
  ],
  ...[
    '400',
    '401',
    '403',
    '404',
    '413',
    '429:7',
    '500',
    '503',
    '529',
    'error-event',
    'cut:5',
    'cut-byte:900',
  ],
  ...['window:600', 'window:470', 'text-embedding-3-small'],
];

/** @param {string} spec @param {Asked} asked @returns {Plan} */
export function planOf(spec, asked) {
  const [whole = '', base = 'words'] = spec.split('@');
  if (SUMMARISING.test(lastText(asked)) && !/^\d{3}/.test(whole)) return summary(asked);
  const [name = '', ...rest] = whole.split(':');
  const argument = rest.join(':');
  if (/^\d{3}$/.test(name)) return refusal(asked, Number(name), argument);
  const plan = plans[name];
  return plan ? plan(argument, asked, base) : refusal(asked, 404, '');
}

/** What Bough asks a model that is to write a summary. */
const SUMMARISING = /^Below is the earlier part of a conversation/;

/** @param {Asked} asked */
const summary = (asked) => stream(asked, pieces(SUMMARY).map(text), { every: 20 });

/** @type {Record<string, (argument: string, asked: Asked, base: string) => Plan>} */
const plans = {
  ...oddPlans,
  echo: (_, asked) => stream(asked, pieces(lastText(asked)).map(text), { every: 5 }),
  titled: (_, asked) =>
    stream(asked, pieces(/^Write a title/.test(lastText(asked)) ? TITLE : WORDS).map(text)),
  words: (_, asked) => stream(asked, pieces(WORDS).map(text)),
  story: (_, asked) =>
    stream(asked, pieces(STORY[before(asked) % STORY.length] ?? '').map(text), { every: 5 }),
  'goes-on': (every, asked) => {
    if (asked.body.model === undefined) return json(200, asked.wire.models(['goes-on', 'no-prefix']));
    return stream(asked, pieces(rest(asked)).map(text), { every: Number(every) || 0 });
  },
  'no-prefix': (every, asked) => {
    const refuses = lastRole(asked) === 'assistant';
    return refuses ? json(400, { error: { message: NO_PREFIX } }) : planOf(`goes-on:${every}`, asked);
  },
  slow: (_, asked) => stream(asked, pieces(WORDS).map(text), { every: 300 }),
  tokens: (argument, asked) => {
    const [count = 100, rate = 20] = argument.split('x').filter(Boolean).map(Number);
    const tokens = Array.from({ length: count }, (__, n) => text(`token ${n} `));
    return stream(asked, tokens, { every: 1_000 / rate });
  },
  reasoning: (field, asked) => {
    const thoughts = pieces(THOUGHTS).map((thought) => ({ thought }));
    return stream(asked, [...thoughts, ...pieces(WORDS).map(text)], { field: field || undefined });
  },
  tools: (_, asked) =>
    stream(asked, [...pieces('Let me look. ').map(text), { tool: TOOL }], { finish: 'tools' }),
  length: (_, asked) => stream(asked, pieces(WORDS).map(text), { finish: 'length' }),
  filter: (_, asked) => stream(asked, pieces('I would say ').map(text), { finish: 'filter' }),
  empty: (_, asked) => stream(asked, []),
  'no-finish': (_, asked) => stream(asked, pieces(WORDS).map(text), { finish: null }),
  malformed: (_, asked) => {
    const { frames = [] } = stream(asked, pieces(WORDS).map(text));
    return { frames: [...frames.slice(0, 4), asked.wire.broken, ...frames.slice(4)] };
  },
  'error-event': (_, asked) => {
    const { frames = [] } = stream(asked, pieces(WORDS).map(text));
    return { frames: [...frames.slice(0, 6), asked.wire.error('The engine ran out of memory.')] };
  },
  leak: (_, asked) => {
    const { frames = [] } = stream(asked, pieces(WORDS).map(text));
    return { frames: [...frames.slice(0, 6), asked.wire.error(`Key ${asked.key} is worn out.`)] };
  },
  stall: (count, asked, base) => ({
    ...upTo(planOf(base, asked), Number(count) || 3),
    ending: 'stall',
  }),
  comments: (_, { wire }) => ({ frames: Array.from({ length: 5 }, () => wire.idle) }),
  'keep-alive': (_, asked, base) => {
    const { frames = [] } = planOf(base, asked);
    return { frames: frames.flatMap((one) => [asked.wire.idle, one]) };
  },
  cut: (count, asked, base) => ({ ...upTo(planOf(base, asked), Number(count)), ending: 'destroy' }),
  'cut-byte': (count, asked, base) => ({
    ...bytesUpTo(planOf(base, asked), Number(count)),
    ending: 'destroy',
  }),
  'end-byte': (count, asked, base) => bytesUpTo(planOf(base, asked), Number(count)),
  html: () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><p>Welcome!</p>',
  }),
  window: (_, asked) => planOf('echo', asked),
  models: (ids, { wire }) => json(200, wire.models(ids.split(','))),
  hang: () => ({ frames: [], ending: 'stall' }),
  redirect: (location) => ({ status: 307, headers: { location }, body: '' }),
  'no-reasoning': (_, asked) => {
    const at = asked.wire.said(asked.body).findIndex(({ thoughts }) => thoughts);
    if (at < 0) return planOf('reasoning:reasoning', asked);
    return json(400, { error: { message: `'messages.${at}': property 'reasoning_content' is unsupported` } });
  },
};

const WORDS = 'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.';
/** As Anthropic says it. */
const NO_PREFIX =
  'This model does not support assistant message prefill. The conversation must end with a user message.';
const SUMMARY =
  'They plan a small garden: **soil first**, then light. Settled: raised beds of 1.2 m, no paths of gravel. Open: what to grow in the shade of the wall.';
const TITLE = '“The fox and the dog”';
/** What the pictures in the docs show: a reply for each question of a conversation about a garden. */
const STORY = [
  `Start with the **soil**, not the plants. Three things decide most of it:

| what | why | how to tell |
|---|---|---|
| drainage | roots need air | water stands for an hour after rain |
| light | leaves need six hours | watch one sunny day |
| depth | trees want a metre | push a rod down |

Which of these do you know already?`,
  `Then the north corner is right for a **pear on quince stock**: it takes clay better than an apple and stays under four metres.

1. Dig in autumn, as wide as the branches will be.
2. Plant with the graft a hand above the ground.
3. Water once a week in the first summer.`,
];
const THOUGHTS = 'First I think about it. ';
const TOOL = { id: 'call_1', name: 'look', pieces: ['', '{"at":', '"moon"}'] };
/** As Anthropic says it. */
const TOO_LONG = 'prompt is too long: 215000 tokens > 200000 maximum';
/** KEY becomes the key that came with the request. */
const REFUSALS = {
  400: 'Invalid value for "temperature".',
  401: 'Incorrect API key provided: KEY.',
  402: 'Insufficient balance.',
  403: 'Your account may not use this model.',
  404: 'The model does not exist.',
  413: 'Request too large.',
  429: 'Rate limit reached.',
  500: 'Internal error.',
  503: 'The engine is overloaded.',
  529: 'Overloaded.',
};

/** @param {Asked} asked @param {number} status @param {string} argument Retry-After as it is, or `quota`, `long` (the context is), or `plain` for an answer without JSON */
function refusal({ wire, key }, status, argument) {
  if (argument === 'plain') return { status, headers: { 'content-type': 'text/plain' }, body: '' };
  const said = argument === 'long' ? TOO_LONG : REFUSALS[/** @type {keyof typeof REFUSALS} */ (status)];
  const message = (said ?? 'No.').replace('KEY', key);
  const quota = argument === 'quota';
  const plan = json(status, wire.refusal(status, message, quota));
  return argument && !quota && argument !== 'long'
    ? { ...plan, headers: { ...plan.headers, 'retry-after': argument } }
    : plan;
}

/** @param {number} status @param {unknown} value @returns {Plan} */
function json(status, value) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** @param {Asked} asked @param {import('./wires/wire.ts').Piece[]} said @param {{ every?: number, finish?: import('./wires/wire.ts').Script['finish'], field?: string | undefined }} options @returns {Plan} */
function stream({ wire, body }, said, { every = 0, finish = 'stop', field } = {}) {
  return { every, frames: wire.frames({ pieces: said, finish, field }, body) };
}

/** @param {string} content */
function text(content) {
  return { text: content };
}

/** @param {string} whole Words with the space after them. */
function pieces(whole) {
  return whole.match(/\s*\S+\s*/g) ?? [];
}

/** @param {Asked} asked */
export function lastText({ wire, body }) {
  return (
    wire
      .said(body)
      .filter(({ role }) => role === 'user')
      .at(-1)?.text ?? ''
  );
}

/** @param {Asked} asked */
function lastRole({ wire, body }) {
  return wire.said(body).at(-1)?.role;
}

/** What follows of the words: after a beginning that is taken as such, else from the last words on that it was told to repeat. @param {Asked} asked */
function rest(asked) {
  const said = asked.wire.said(asked.body);
  const begun = said.findLast(({ role }) => role === 'assistant')?.text ?? '';
  const anchor = /last words, “(.*)”/s.exec(lastText(asked))?.[1];
  if (!WORDS.startsWith(begun)) return WORDS;
  if (anchor !== undefined) return WORDS.slice(begun.length - anchor.length);
  return lastRole(asked) === 'assistant' ? WORDS.slice(begun.length) : WORDS;
}

/** How many questions came before the last one. @param {Asked} asked */
function before({ wire, body }) {
  return wire.said(body).filter(({ role }) => role === 'user').length - 1;
}

/** @param {Plan} plan @param {number} count @returns {Plan} */
function upTo(plan, count) {
  return { ...plan, frames: (plan.frames ?? []).slice(0, count) };
}

/** @param {Plan} plan @param {number} count @returns {Plan} Frames become byte strings (latin1): a cut may go through a character. */
function bytesUpTo(plan, count) {
  const bytes = Buffer.from((plan.frames ?? []).join(''), 'utf8').subarray(0, count);
  return { ...plan, frames: [bytes.toString('latin1')], encoding: 'latin1' };
}
