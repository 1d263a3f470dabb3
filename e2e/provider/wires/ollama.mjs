/** Ollama's own API: one JSON object a line. Without a line that says `done` an answer has not ended. */
import { saidIn, textOf, tokensOf, wordOf } from './tools.mjs';

const DONE = { stop: 'stop', length: 'length', filter: 'stop', tools: 'stop' };

/** @type {import('./wire.ts').Wire} */
export const ollama = {
  contentType: 'application/x-ndjson',
  said: (body) =>
    messagesIn(body).map(({ role, content, thinking }) => ({
      role,
      text: textOf(content),
      thoughts: thinking !== undefined,
    })),
  frames: ({ pieces, finish }, body) => {
    const about = { model: body.model, created_at: '2025-11-25T10:00:00.000000Z' };
    const last = {
      ...{ ...about, message: { role: 'assistant', content: '' }, done: true },
      ...{ done_reason: wordOf(DONE, finish ?? 'stop'), total_duration: 1_200_000_000 },
      ...{ load_duration: 900_000_000, prompt_eval_count: messagesIn(body).length },
      ...{ prompt_eval_duration: 100_000_000, eval_count: tokensOf(pieces), eval_duration: 200_000_000 },
    };
    const lines = pieces.map((piece) => ({
      ...about,
      message: { role: 'assistant', ...wordsOf(piece) },
      done: false,
    }));
    return [...lines, ...(finish === null ? [] : [last])].map(line);
  },
  error: (message) => line({ error: message }),
  failing: (message) => [line({ error: message, message: { role: 'assistant', content: '' }, done: true })],
  odd: [
    ...[{}, null, 'ping', [], { status: 'loading' }, { message: null }, { message: { content: null } }],
    { message: { content: '', tool_calls: [{ function: null }] } },
  ]
    .map(line)
    .concat(['\n', '\r\n']),
  whole: ({ pieces, finish }) => ({
    message: {
      ...{ role: 'assistant', content: saidIn(pieces, 'text') },
      ...(saidIn(pieces, 'thought') && { thinking: saidIn(pieces, 'thought') }),
    },
    ...{ done: true, done_reason: wordOf(DONE, finish ?? 'stop') },
    ...{ prompt_eval_count: 2, eval_count: tokensOf(pieces) },
  }),
  bare: ({ pieces }) => [
    ...pieces.map((piece) => line({ message: wordsOf(piece) })),
    JSON.stringify({ done: true, message: null }),
  ],
  picture: (png) => [line({ message: { role: 'assistant', content: '', images: [png] } })],
  broken: '{"model":"m","message\n',
  idle: '\n',
  refusal: (_, message) => ({ error: message }),
  models: (ids) => ({
    models: ids.map((name) => ({
      ...{ name, model: name, modified_at: '2025-11-24T10:00:00Z', size: 1_000_000, digest: `sha-${name}` },
      details: { format: 'gguf', family: 'script', parameter_size: '1B', quantization_level: 'Q4_K_M' },
    })),
  }),
};

/** What `/api/show` says of any model: a window of 32,768 tokens; one named `vision` sees, one named `hearing` hears. @param {string} name */
export function describe(name) {
  return {
    details: { format: 'gguf', family: 'script' },
    model_info: { 'general.architecture': 'script', 'script.context_length': 32_768 },
    capabilities: [
      'completion',
      ...(name.startsWith('reasoning') ? ['thinking'] : []),
      ...(name.startsWith('vision') ? ['vision'] : []),
      ...(name.startsWith('hearing') ? ['audio'] : []),
    ],
  };
}

/** @param {import('./wire.ts').Json} body @returns {{ role: string, content: unknown, thinking?: string }[]} */
function messagesIn({ messages }) {
  return Array.isArray(messages) ? messages : [];
}

/** @param {import('./wire.ts').Piece} piece */
function wordsOf(piece) {
  if ('text' in piece) return { content: piece.text };
  if ('thought' in piece) return { content: '', thinking: piece.thought };
  const { name, pieces } = piece.tool;
  return { content: '', tool_calls: [{ function: { name, arguments: JSON.parse(pieces.join('')) } }] };
}

/** @param {unknown} value */
function line(value) {
  return `${JSON.stringify(value)}\n`;
}
