/**
 * A scripted server of models that speaks the wire formats of OpenAI, Anthropic and Ollama: `node e2e/provider/server.mjs [--port 0]` prints `{"port":N}` and runs until its
 * standard input closes, or for an hour. Plain Node; see README.md.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastText, MODELS, planOf } from './behaviours.mjs';
import { wireOfList, wires } from './wires/index.mjs';
import { describe } from './wires/ollama.mjs';

const LIFETIME = 60 * 60_000;
const LOG_LIMIT = 2_000;

/** @type {import('../../src/server/models/testing/scripted-provider.ts').LoggedRequest[]} */
const log = [];

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    response.destroy();
  });
});

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function answer(request, response) {
  const { pathname, search } = new URL(request.url ?? '/', 'http://provider');
  if (pathname === '/log') return send(response, { status: 200, body: JSON.stringify(log) });
  const [, forced, listless, path = pathname] =
    /^(?:\/as\/([^/]+)|\/for\/[^/]+)?(?:\/(listless))?((?:\/v1|\/api)\/.*)$/.exec(pathname) ?? [];
  const body = JSON.parse((await read(request)) || '{}');
  const entry = note(request, path.replace(/^\/v1/, ''), search, body);
  response.on('close', () => {
    if (response.writableFinished || entry.ending) return;
    entry.aborted = true;
    entry.abortedAt = Date.now();
  });
  const spec = forced && decodeURIComponent(forced);
  const wire = wires[path] ?? wireOfList(path, request.headers);
  const key = entry.authorization?.replace(/^Bearer /, '') ?? '';
  const bare = listless !== undefined && path === '/v1/models';
  const plan = route(path, bare ? '404' : spec, { wire, body, key });
  if (plan.frames === undefined) return send(response, plan);
  await play(response, plan, wire.contentType, entry);
}

/** @param {string} path @param {string | undefined} spec @param {import('./behaviours.mjs').Asked} asked */
function route(path, spec, asked) {
  if (path === '/v1/models' || path === '/api/tags')
    return planOf(spec ?? `models:${MODELS.join(',')}`, asked);
  if (path === '/api/ps') return { body: JSON.stringify({ models: [] }) };
  if (path === '/api/show') return { body: JSON.stringify(describe(spec ?? String(asked.body.model))) };
  if (!wires[path]) return planOf('404', asked);
  return planOf(spec ?? scripted(asked) ?? String(asked.body.model), asked);
}

/** A last user message that begins with `script: SPEC` decides, whatever the model is; of messages that were joined the last one. @param {import('./behaviours.mjs').Asked} asked */
function scripted(asked) {
  return /^script:\s*(\S+)/.exec(lastText(asked).split('\n\n').at(-1) ?? '')?.[1];
}

/** @param {import('node:http').IncomingMessage} request */
async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {import('node:http').IncomingMessage} request @param {string} path @param {string} query @param {unknown} body */
function note(request, path, query, body) {
  /** @type {import('../../src/server/models/testing/scripted-provider.ts').LoggedRequest} */
  const entry = {
    method: request.method ?? '',
    path,
    query,
    headers: request.headers,
    authorization: request.headers.authorization ?? keyIn(request) ?? null,
    body: /** @type {Record<string, unknown>} */ (body),
    frames: 0,
    aborted: false,
    abortedAt: null,
    ending: null,
  };
  log.push(entry);
  if (log.length > LOG_LIMIT) log.shift();
  return entry;
}

/** Anthropic's header for it. @param {import('node:http').IncomingMessage} request */
function keyIn({ headers }) {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : undefined;
}

/** @param {import('node:http').ServerResponse} response @param {import('./behaviours.mjs').Plan} plan */
function send(response, { status = 200, headers = { 'content-type': 'application/json' }, body = '' }) {
  response.writeHead(status, headers).end(body);
}

/** @param {import('node:http').ServerResponse} response @param {import('./behaviours.mjs').Plan} plan @param {string} type @param {import('../../src/server/models/testing/scripted-provider.ts').LoggedRequest} entry */
async function play(response, { frames = [], every = 0, ending = 'end', encoding = 'utf8' }, type, entry) {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
  response.flushHeaders();
  for (const frame of frames) {
    if (entry.frames > 0) await (every > 0 ? sleep(every) : turn());
    if (response.destroyed) return;
    await new Promise((resolve) => response.write(Buffer.from(frame, encoding), resolve));
    entry.frames += 1;
  }
  if (ending === 'stall') return;
  entry.ending = ending;
  // What was written must be on its way before the socket goes.
  await sleep(2);
  if (ending === 'destroy') response.destroy();
  else response.end();
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

const flag = process.argv.indexOf('--port');
server.listen(flag > 0 ? Number(process.argv[flag + 1]) : 0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : null })}\n`);
});

process.stdin.resume();
process.stdin.on('close', () => process.exit(0));
process.stdin.on('end', () => process.exit(0));
setTimeout(() => process.exit(0), LIFETIME).unref();
