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

/** @typedef {{ messages?: { role: string, content: unknown, reasoning_content?: string }[], stream_options?: { include_usage?: boolean } }} Body */

export const MODELS = [
  ...[
    'echo',
    'story',
    'tokens:100x20',
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
];

/** @param {string} spec @param {Body} body @returns {Plan} */
export function planOf(spec, body) {
  const [whole = '', base = 'words'] = spec.split('@');
  const [name = '', ...rest] = whole.split(':');
  const argument = rest.join(':');
  if (/^\d{3}$/.test(name)) return refusal(Number(name), argument);
  const plan = plans[name];
  return plan ? plan(argument, body, base) : refusal(404, '');
}

/** @type {Record<string, (argument: string, body: Body, base: string) => Plan>} */
const plans = {
  echo: (_, body) => stream(body, pieces(lastText(body)).map(text), { every: 5 }),
  words: (_, body) => stream(body, pieces(WORDS).map(text)),
  story: (_, body) => stream(body, pieces(STORY[asked(body) % STORY.length] ?? '').map(text), { every: 5 }),
  slow: (_, body) => stream(body, pieces(WORDS).map(text), { every: 300 }),
  tokens: (argument, body) => {
    const [count = 100, rate = 20] = argument.split('x').filter(Boolean).map(Number);
    const tokens = Array.from({ length: count }, (__, n) => text(`token ${n} `));
    return stream(body, tokens, { every: 1_000 / rate });
  },
  reasoning: (field, body) => {
    const thoughts = pieces(THOUGHTS).map((thought) => ({ [field || 'reasoning_content']: thought }));
    return stream(body, [...thoughts, ...pieces(WORDS).map(text)], { reasoning: thoughts.length });
  },
  tools: (_, body) => stream(body, [...pieces('Let me look. ').map(text), ...TOOL], { finish: 'tool_calls' }),
  length: (_, body) => stream(body, pieces(WORDS).map(text), { finish: 'length' }),
  filter: (_, body) => stream(body, pieces('I would say ').map(text), { finish: 'content_filter' }),
  empty: (_, body) => stream(body, []),
  'no-finish': (_, body) => stream(body, pieces(WORDS).map(text), { finish: null }),
  malformed: (_, body) => {
    const { frames = [] } = stream(body, pieces(WORDS).map(text));
    return { frames: [...frames.slice(0, 4), 'data: {"choices":[{"delta"\n\n', ...frames.slice(4)] };
  },
  'error-event': (_, body) => {
    const { frames = [] } = stream(body, pieces(WORDS).map(text));
    const error = { message: 'The engine ran out of memory.', type: 'server_error', code: 500 };
    return { frames: [...frames.slice(0, 6), frame({ error })] };
  },
  stall: (_, body, base) => ({ ...upTo(planOf(base, body), 3), ending: 'stall' }),
  comments: () => ({ frames: Array.from({ length: 5 }, () => COMMENT) }),
  'keep-alive': (_, body, base) => {
    const { frames = [] } = planOf(base, body);
    return { frames: frames.flatMap((one) => [COMMENT, one]) };
  },
  cut: (count, body, base) => ({ ...upTo(planOf(base, body), Number(count)), ending: 'destroy' }),
  'cut-byte': (count, body, base) => ({ ...bytesUpTo(planOf(base, body), Number(count)), ending: 'destroy' }),
  'end-byte': (count, body, base) => bytesUpTo(planOf(base, body), Number(count)),
  html: () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><p>Welcome!</p>',
  }),
  models: (ids) => json(200, { object: 'list', data: ids.split(',').map((id) => ({ id, object: 'model' })) }),
  hang: () => ({ frames: [], ending: 'stall' }),
  redirect: (location) => ({ status: 307, headers: { location }, body: '' }),
  'no-reasoning': (_, body) => {
    const at = (body.messages ?? []).findIndex((message) => message.reasoning_content !== undefined);
    if (at < 0) return planOf('reasoning:reasoning', body);
    return json(400, { error: { message: `'messages.${at}': property 'reasoning_content' is unsupported` } });
  },
};

const WORDS = 'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.';
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
const COMMENT = ': still here\n\n';
const THOUGHTS = 'First I think about it. ';
const TOOL = [
  { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } }] },
  { tool_calls: [{ index: 0, function: { arguments: '{"at":' } }] },
  { tool_calls: [{ index: 0, function: { arguments: '"moon"}' } }] },
];
const REFUSALS = {
  400: 'Invalid value for "temperature".',
  401: 'Incorrect API key provided: test-key.',
  402: 'Insufficient balance.',
  403: 'Your account may not use this model.',
  404: 'The model does not exist.',
  413: 'Request too large.',
  429: 'Rate limit reached.',
  500: 'Internal error.',
  503: 'The engine is overloaded.',
  529: 'Overloaded.',
};

/** @param {number} status @param {string} argument Retry-After as it is, or `quota`, or `plain` for an answer without JSON */
function refusal(status, argument) {
  if (argument === 'plain') return { status, headers: { 'content-type': 'text/plain' }, body: '' };
  const message = REFUSALS[/** @type {keyof typeof REFUSALS} */ (status)] ?? 'No.';
  const quota = argument === 'quota';
  const plan = json(status, {
    error: { message, type: 'error', ...(quota && { code: 'insufficient_quota' }) },
  });
  return argument && !quota ? { ...plan, headers: { ...plan.headers, 'retry-after': argument } } : plan;
}

/** @param {number} status @param {unknown} value @returns {Plan} */
function json(status, value) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** @param {Body} body @param {object[]} deltas @param {{ every?: number, finish?: string | null, reasoning?: number }} options @returns {Plan} */
function stream(body, deltas, { every = 0, finish = 'stop', reasoning } = {}) {
  const usage = { prompt_tokens: body.messages?.length ?? 0, completion_tokens: deltas.length };
  const details =
    reasoning === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoning } };
  return {
    every,
    frames: [
      chunk({ delta: { role: 'assistant', content: '' } }),
      ...deltas.map((delta) => chunk({ delta })),
      ...(finish === null ? [] : [chunk({ delta: {}, finish_reason: finish })]),
      ...(body.stream_options?.include_usage
        ? [frame({ choices: [], usage: { ...usage, ...details } })]
        : []),
      'data: [DONE]\n\n',
    ],
  };
}

/** @param {object} choice */
function chunk(choice) {
  const { finish_reason = null, ...rest } = /** @type {{ finish_reason?: string | null }} */ (choice);
  return frame({
    id: 'chat-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, finish_reason, ...rest }],
  });
}

/** @param {unknown} data */
function frame(data) {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** @param {string} content */
function text(content) {
  return { content };
}

/** @param {string} whole Words with the space after them. */
function pieces(whole) {
  return whole.match(/\s*\S+\s*/g) ?? [];
}

/** @param {Body} body */
export function lastText(body) {
  const content = (body.messages ?? []).filter(({ role }) => role === 'user').at(-1)?.content;
  if (Array.isArray(content)) return content.map((part) => part.text ?? '').join('');
  return typeof content === 'string' ? content : '';
}

/** @param {Body} body How many questions came before the last one. */
function asked(body) {
  return (body.messages ?? []).filter(({ role }) => role === 'user').length - 1;
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
