/** OpenAI's chat completions, as most servers speak it. */
import { frame, saidIn, textOf, thoughtsIn, tokensOf, wordOf } from './tools.mjs';

const FINISH = { stop: 'stop', length: 'length', filter: 'content_filter', tools: 'tool_calls' };

/** @type {import('./wire.ts').Wire} */
export const chat = {
  contentType: 'text/event-stream',
  said: (body) =>
    messagesIn(body).map(({ role, content, reasoning_content: thoughts }) => ({
      role,
      text: textOf(content),
      thoughts: thoughts !== undefined,
    })),
  frames: ({ pieces, finish, field = 'reasoning_content' }, body) => {
    const thoughts = thoughtsIn(pieces);
    const usage = {
      prompt_tokens: windowOf(body.model) ? lengthOf(messagesIn(body)) : messagesIn(body).length,
      completion_tokens: tokensOf(pieces),
      ...(thoughts > 0 && { completion_tokens_details: { reasoning_tokens: thoughts } }),
    };
    const { stream_options: options } = /** @type {{ stream_options?: { include_usage?: boolean } }} */ (
      body
    );
    return [
      chunk({ delta: { role: 'assistant', content: '' } }),
      ...pieces.flatMap((piece) => deltasOf(piece, field)).map((delta) => chunk({ delta })),
      ...(finish === null ? [] : [chunk({ delta: {}, finish_reason: wordOf(FINISH, finish) })]),
      ...(options?.include_usage ? [frame({ choices: [], usage })] : []),
      'data: [DONE]\n\n',
    ];
  },
  error: (message) => frame({ error: { message, type: 'server_error', code: 500 } }),
  failing: (message) => [
    frame({
      error: { code: 'server_error', message },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
    'data: [DONE]\n\n',
  ],
  odd: [
    ...[{ usage: { prompt_tokens: 1 } }, { choices: null, usage: { prompt_tokens: 1 } }, { type: 'ping' }],
    ...[{}, { choices: [] }, { choices: [{ index: 0, delta: null }] }, null, 'ping', [], { error: null }],
    { choices: [{ index: 0, delta: { role: 'model', content: null } }] },
    { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'a', function: null }] } }] },
  ]
    .map((event) => frame(event))
    .concat(['data:\n\n', 'data: ping\n\n', 'event: ping\nid: 7\nretry: 10\n\n', ': still here\n']),
  whole: ({ pieces, finish }) => ({
    ...{ id: 'chat-1', object: 'chat.completion' },
    choices: [
      {
        ...{ index: 0, finish_reason: finish && wordOf(FINISH, finish) },
        message: {
          ...{ role: 'assistant', content: saidIn(pieces, 'text') },
          reasoning_content: saidIn(pieces, 'thought') || null,
        },
      },
    ],
    usage: { prompt_tokens: 2, completion_tokens: tokensOf(pieces) },
  }),
  bare: ({ pieces, finish, field = 'reasoning_content' }) => [
    ...pieces
      .flatMap((piece) => deltasOf(piece, field))
      .map((delta) => `data:${JSON.stringify({ choices: [{ delta }] })}\n`),
    `data:${JSON.stringify({ choices: [{ finish_reason: finish && wordOf(FINISH, finish) }] })}`,
  ],
  picture: (png) => [
    chunk({ delta: { images: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }] } }),
  ],
  broken: 'data: {"choices":[{"delta"\n\n',
  idle: ': still here\n\n',
  refusal: (_, message, quota) => ({
    error: { message, type: 'error', ...(quota && { code: 'insufficient_quota' }) },
  }),
  models: (ids) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model', ...factsOf(id) })) }),
};

/** Of `window:600`. @param {unknown} model */
function windowOf(model) {
  return Number(/^window:(\d+)/.exec(String(model))?.[1] ?? 0);
}

/** As OpenRouter tells them: a window, and dollars a token. @param {string} id */
function factsOf(id) {
  const window = windowOf(id);
  if (/^(goes-on|no-prefix)/.test(id)) return { owned_by: 'vllm' };
  return window && { context_length: window, pricing: { prompt: '0.000002', completion: '0.000008' } };
}

/** About as many tokens as real ones. @param {ReturnType<typeof messagesIn>} messages */
function lengthOf(messages) {
  return Math.ceil(messages.reduce((sum, { content }) => sum + 4 + textOf(content).length / 4, 0));
}

/** @param {import('./wire.ts').Json} body @returns {{ role: string, content: unknown, reasoning_content?: string }[]} */
function messagesIn({ messages }) {
  return Array.isArray(messages) ? messages : [];
}

/** @param {import('./wire.ts').Piece} piece @param {string} field @returns {object[]} */
function deltasOf(piece, field) {
  if ('text' in piece) return [{ content: piece.text }];
  if ('thought' in piece) return [{ [field]: piece.thought }];
  const { id, name, pieces } = piece.tool;
  const [first = '', ...more] = pieces;
  return [
    { tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: first } }] },
    ...more.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
  ];
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
