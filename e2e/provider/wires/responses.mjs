/** OpenAI's responses. */

import { chat } from './chat.mjs';
import { frame, runsOf, saidIn, textOf, thoughtsIn, tokensOf } from './tools.mjs';

let itemsSaid = 0;
/** Each item of an answer has an id of its own: who keeps them by it must not find two alike. */
const nextItem = () => {
  itemsSaid += 1;
  return itemsSaid;
};

/** @type {import('./wire.ts').Wire} */
export const responses = {
  contentType: 'text/event-stream',
  said: (body) =>
    inputIn(body).map(({ role, content }) => ({
      role: role === 'developer' ? 'system' : role,
      text: textOf(content),
    })),
  frames: ({ pieces, finish }, body) => {
    const about = { id: 'resp_1', object: 'response', created_at: 1_764_000_000, model: body.model };
    const events = [
      { type: 'response.created', response: { ...about, status: 'in_progress', output: [], usage: null } },
      {
        type: 'response.in_progress',
        response: { ...about, status: 'in_progress', output: [], usage: null },
      },
      ...runsOf(pieces).flatMap(({ kind, pieces: run }, index) => items[kind](run, index)),
      ...(finish === null
        ? []
        : [
            {
              ...endOf(finish),
              response: { ...about, ...endOf(finish).response, usage: usageOf(pieces, body) },
            },
          ]),
    ];
    return events.map((event, at) => frame({ ...event, sequence_number: at }, event.type));
  },
  error: (message) =>
    frame({ type: 'error', code: 'server_error', message, param: null, sequence_number: 99 }, 'error'),
  failing: (message) => [
    frame({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message }, usage: null },
    }),
  ],
  odd: [
    ...[{}, null, 'ping', [], { type: 'ping' }, { type: 'response.vendor.status' }, { error: null }],
    ...[
      { type: 'response.output_text.delta', delta: null },
      { type: 'response.output_item.added', item: null },
    ],
    { type: 'response.output_item.done', item: { type: 'vendor_item' } },
    { type: 'response.in_progress', response: null },
  ]
    .map((event) => frame(event))
    .concat(['data:\n\n', ': still here\n']),
  whole: ({ pieces, finish }, body) => ({
    ...{ id: 'resp_1', object: 'response', ...endOf(finish ?? 'stop').response, error: null },
    output: [
      ...(saidIn(pieces, 'thought')
        ? [{ type: 'reasoning', summary: [{ type: 'summary_text', text: saidIn(pieces, 'thought') }] }]
        : []),
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: saidIn(pieces, 'text') }],
      },
    ],
    usage: usageOf(pieces, body),
  }),
  bare: ({ pieces, finish }) => [
    ...pieces.map((piece) =>
      'thought' in piece
        ? frame({ type: 'response.reasoning_text.delta', delta: piece.thought })
        : frame({ type: 'response.output_text.delta', delta: 'text' in piece ? piece.text : '' }),
    ),
    `data: ${JSON.stringify(endOf(finish ?? 'stop'))}`,
  ],
  picture: (result) => [
    frame({
      ...{ type: 'response.output_item.done', output_index: 9 },
      item: { id: 'ig_1', type: 'image_generation_call', status: 'completed', result },
    }),
  ],
  broken: 'event: response.output_text.delta\ndata: {"type":"response.output_text\n\n',
  idle: ': still here\n\n',
  refusal: chat.refusal,
  models: (ids) => ({
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: 1_764_000_000, owned_by: 'openai' })),
  }),
};

/** @param {import('./wire.ts').Json} body @returns {{ role: string, content: unknown }[]} */
function inputIn({ input }) {
  return Array.isArray(input) ? input : [];
}

/** @param {readonly import('./wire.ts').Piece[]} pieces @param {import('./wire.ts').Json} body */
function usageOf(pieces, body) {
  const [input, output] = [inputIn(body).length, tokensOf(pieces)];
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: thoughtsIn(pieces) },
    total_tokens: input + output,
  };
}

/** @param {NonNullable<import('./wire.ts').Script['finish']>} finish @returns {{ type: string, response: Record<string, unknown> }} */
function endOf(finish) {
  if (finish === 'stop' || finish === 'tools')
    return { type: 'response.completed', response: { status: 'completed', incomplete_details: null } };
  if (typeof finish !== 'string')
    return {
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: finish.word } },
    };
  const reason = finish === 'length' ? 'max_output_tokens' : 'content_filter';
  return { type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason } } };
}

/** @type {Record<'text' | 'thought' | 'tool', (run: readonly import('./wire.ts').Piece[], index: number) => ({ type: string } & Record<string, unknown>)[]>} */
const items = {
  text: (run, index) => {
    const id = `msg_${nextItem()}`;
    const at = { item_id: id, output_index: index, content_index: 0 };
    const item = { id, type: 'message', role: 'assistant' };
    const text = run.map((piece) => ('text' in piece ? piece.text : '')).join('');
    const part = { type: 'output_text', annotations: [], logprobs: [] };
    return [
      added(index, { ...item, status: 'in_progress', content: [] }),
      { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
      ...run.map((piece) => ({
        ...{ type: 'response.output_text.delta', ...at, logprobs: [] },
        delta: 'text' in piece ? piece.text : '',
      })),
      { type: 'response.output_text.done', ...at, text, logprobs: [] },
      { type: 'response.content_part.done', ...at, part: { ...part, text } },
      done(index, { ...item, status: 'completed', content: [{ ...part, text }] }),
    ];
  },
  thought: (run, index) => {
    const id = `rs_${nextItem()}`;
    const at = { item_id: id, output_index: index, summary_index: 0 };
    const text = run.map((piece) => ('thought' in piece ? piece.thought : '')).join('');
    return [
      added(index, { id, type: 'reasoning', summary: [] }),
      { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } },
      ...run.map((piece) => ({
        ...{ type: 'response.reasoning_summary_text.delta', ...at },
        delta: 'thought' in piece ? piece.thought : '',
      })),
      { type: 'response.reasoning_summary_text.done', ...at, text },
      { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } },
      done(index, { id, type: 'reasoning', summary: [{ type: 'summary_text', text }] }),
    ];
  },
  tool: ([piece], index) => {
    if (!piece || !('tool' in piece)) return [];
    const { id: call, name, pieces } = piece.tool;
    const id = `fc_${index}`;
    const item = { id, type: 'function_call', call_id: call, name };
    return [
      added(index, { ...item, status: 'in_progress', arguments: '' }),
      ...pieces
        .filter((delta) => delta !== '')
        .map((delta) => ({
          ...{ type: 'response.function_call_arguments.delta', item_id: id, output_index: index, delta },
        })),
      {
        ...{ type: 'response.function_call_arguments.done', item_id: id, output_index: index },
        arguments: pieces.join(''),
      },
      done(index, { ...item, status: 'completed', arguments: pieces.join('') }),
    ];
  },
};

/** @param {number} index @param {object} item */
function added(index, item) {
  return { type: 'response.output_item.added', output_index: index, item };
}

/** @param {number} index @param {object} item */
function done(index, item) {
  return { type: 'response.output_item.done', output_index: index, item };
}
