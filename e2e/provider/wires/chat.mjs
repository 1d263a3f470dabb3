/** OpenAI's chat completions, as most servers speak it. */
import { frame, textOf, thoughtsIn, tokensOf } from './tools.mjs';

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
      ...(finish === null ? [] : [chunk({ delta: {}, finish_reason: FINISH[finish] })]),
      ...(options?.include_usage ? [frame({ choices: [], usage })] : []),
      'data: [DONE]\n\n',
    ];
  },
  error: (message) => frame({ error: { message, type: 'server_error', code: 500 } }),
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
