/** Anthropic's messages. */
import { frame, runsOf, saidIn, textOf, tokensOf, wordOf } from './tools.mjs';

const STOP = { stop: 'end_turn', length: 'max_tokens', filter: 'refusal', tools: 'tool_use' };
/** @type {Record<number, string>} */
const TYPES = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

let messagesSaid = 0;
/** One of its own for each: whoever keeps messages by it must not find them alike. */
const nextId = () => {
  messagesSaid += 1;
  return `msg_${messagesSaid}`;
};

/** @type {import('./wire.ts').Wire} */
export const messages = {
  contentType: 'text/event-stream; charset=utf-8',
  said: (body) => [
    ...(body.system === undefined ? [] : [{ role: 'system', text: textOf(body.system) }]),
    ...messagesIn(body).map(({ role, content }) => ({ role, text: textOf(content) })),
  ],
  frames: ({ pieces, finish }, body) => {
    const input = messages.said(body).length;
    const usage = {
      ...{ input_tokens: input, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
      ...{ output_tokens: 1, service_tier: 'standard' },
    };
    const message = {
      ...{ id: nextId(), type: 'message', role: 'assistant', model: body.model, content: [] },
      ...{ stop_reason: null, stop_sequence: null, usage },
    };
    const events = [
      { type: 'message_start', message },
      ...runsOf(pieces).flatMap(({ kind, pieces: run }, index) => blocks[kind](run, index)),
      ...(finish === null
        ? []
        : [
            {
              type: 'message_delta',
              delta: { stop_reason: wordOf(STOP, finish), stop_sequence: null },
              usage: { output_tokens: tokensOf(pieces) },
            },
            { type: 'message_stop' },
          ]),
    ];
    return events.map((event) => frame(event, event.type));
  },
  error: (message) =>
    frame({ type: 'error', error: { type: 'api_error', message }, request_id: 'req_1' }, 'error'),
  failing: (message) => [
    messages.error(message),
    frame({ type: 'message_delta', delta: { stop_reason: 'error' } }, 'message_delta'),
    frame({ type: 'message_stop' }, 'message_stop'),
  ],
  odd: [
    ...[{}, null, 'ping', [], { type: 'ping' }, { type: 'vendor_status', status: 'queued' }, { error: null }],
    ...[
      { type: 'message_start', message: null },
      { type: 'content_block_start', index: 7, content_block: null },
    ],
    { type: 'content_block_start', index: 8, content_block: { type: 'vendor_block', data: 'x' } },
    { type: 'content_block_delta', index: 8, delta: { type: 'vendor_delta', data: 'x' } },
    { type: 'content_block_delta', index: 8, delta: null },
    { type: 'content_block_stop' },
    { type: 'message_delta', delta: {} },
  ]
    .map((event) => frame(event))
    .concat(['data:\n\n', ': still here\n']),
  whole: ({ pieces, finish }) => ({
    ...{ id: nextId(), type: 'message', role: 'assistant', stop_reason: finish && wordOf(STOP, finish) },
    content: [
      ...(saidIn(pieces, 'thought') ? [{ type: 'thinking', thinking: saidIn(pieces, 'thought') }] : []),
      { type: 'text', text: saidIn(pieces, 'text') },
    ],
    usage: { input_tokens: 2, output_tokens: tokensOf(pieces) },
  }),
  bare: ({ pieces, finish }) => [
    ...pieces.map((piece) =>
      frame({
        type: 'content_block_start',
        content_block:
          'thought' in piece ? { type: 'thinking', thinking: piece.thought } : { type: 'text', ...piece },
      }),
    ),
    frame({ type: 'message_delta', delta: { stop_reason: finish && wordOf(STOP, finish) } }),
    'data: {"type":"message_stop"}',
  ],
  picture: (data) => [
    frame({
      ...{ type: 'content_block_start', index: 9 },
      content_block: { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
    }),
  ],
  broken: 'event: content_block_delta\ndata: {"type":"content_block\n\n',
  idle: frame({ type: 'ping' }, 'ping'),
  refusal: (status, message, quota) => ({
    type: 'error',
    error: { type: quota ? 'billing_error' : (TYPES[status] ?? 'api_error'), message },
    request_id: 'req_1',
  }),
  models: (ids) => ({
    data: ids.map((id) => ({
      ...{ type: 'model', id, display_name: id, created_at: '2025-11-24T00:00:00Z' },
    })),
    ...{ has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null },
  }),
};

/** @param {import('./wire.ts').Json} body @returns {{ role: string, content: unknown }[]} */
function messagesIn({ messages: said }) {
  return Array.isArray(said) ? said : [];
}

/** @type {Record<'text' | 'thought' | 'tool', (run: readonly import('./wire.ts').Piece[], index: number) => ({ type: string } & Record<string, unknown>)[]>} */
const blocks = {
  text: (run, index) =>
    block(
      index,
      { type: 'text', text: '' },
      run.map((piece) => ({ type: 'text_delta', text: 'text' in piece ? piece.text : '' })),
    ),
  thought: (run, index) =>
    block(index, { type: 'thinking', thinking: '', signature: '' }, [
      ...run.map((piece) => ({ type: 'thinking_delta', thinking: 'thought' in piece ? piece.thought : '' })),
      { type: 'signature_delta', signature: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h' },
    ]),
  tool: ([piece], index) => {
    if (!piece || !('tool' in piece)) return [];
    const { id, name, pieces } = piece.tool;
    return block(
      index,
      { type: 'tool_use', id, name, input: {} },
      pieces.map((text) => ({ type: 'input_json_delta', partial_json: text })),
    );
  },
};

/** @param {number} index @param {object} start @param {object[]} deltas */
function block(index, start, deltas) {
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}
