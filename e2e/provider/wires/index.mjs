/** The wire formats by the path of their requests. */
import { chat } from './chat.mjs';
import { messages } from './messages.mjs';
import { ollama } from './ollama.mjs';
import { responses } from './responses.mjs';

/** @type {Readonly<Record<string, import('./wire.ts').Wire>>} */
export const wires = {
  '/v1/chat/completions': chat,
  '/v1/responses': responses,
  '/v1/messages': messages,
  '/api/chat': ollama,
};

/** The format in which a list is asked for. @param {string} path @param {import('node:http').IncomingHttpHeaders} headers */
export function wireOfList(path, headers) {
  if (path === '/api/tags') return ollama;
  return headers['anthropic-version'] === undefined ? chat : messages;
}
