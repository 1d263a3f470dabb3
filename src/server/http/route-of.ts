/** A path as the log names it: its pattern, without ids and without anything a stranger made up. */
import { accessNames, accessPath } from '../../protocol/access.ts';
import { endpointNames } from '../../protocol/endpoints.ts';
import { commandNames, parseStream } from '../../protocol/index.ts';
import { STREAM_PREFIX } from './kit/read-query.ts';

const FIXED: ReadonlySet<string> = new Set([
  '/',
  '/api/live',
  '/api/files',
  '/api/models',
  '/api/health',
  '/api/find',
  ...accessNames.map(accessPath),
  ...commandNames.map((name) => `/api/commands/${name}`),
  ...endpointNames.map((name) => `/api/endpoints/${name}`),
]);

const STREAMS = {
  conversations: 'conversations',
  outline: 'c/:conversation/outline',
  view: 'c/:conversation/view',
  branch: 'c/:conversation/b/:branch',
  reply: 'c/:conversation/g/:message',
  input: 'c/:conversation/i/:message',
} as const;

export function routeOf(path: string): string {
  if (FIXED.has(path)) return path;
  if (path.startsWith(STREAM_PREFIX)) {
    const name = parseStream(path.slice(STREAM_PREFIX.length));
    return STREAM_PREFIX + (name ? STREAMS[name.kind] : '*');
  }
  if (/^\/c\/[^/]+$/.test(path)) return '/c/:conversation';
  if (path.startsWith('/api/files/')) return '/api/files/:hash';
  if (path.startsWith('/assets/')) return '/assets/*';
  return path.startsWith('/api/') ? '/api/*' : '*';
}
