/**
 * A scripted OpenAI-compatible server: `node e2e/provider/server.mjs [--port 0]` prints `{"port":N}` and runs until its
 * standard input closes, or for ten minutes. Plain Node; see README.md.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastText, MODELS, planOf } from './behaviours.mjs';

const LIFETIME = 10 * 60_000;
const LOG_LIMIT = 2_000;

/** @type {import('../../src/server/models/scripted-provider.ts').LoggedRequest[]} */
const log = [];

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    response.destroy();
  });
});

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function answer(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://provider');
  if (pathname === '/log') return send(response, { status: 200, body: JSON.stringify(log) });
  const [, forced, path] = /^(?:\/as\/([^/]+))?\/v1(\/.*)$/.exec(pathname) ?? [];
  const body = JSON.parse((await read(request)) || '{}');
  const entry = note(request, path ?? pathname, body);
  response.on('close', () => {
    if (response.writableFinished || entry.ending) return;
    entry.aborted = true;
    entry.abortedAt = Date.now();
  });
  const spec = forced && decodeURIComponent(forced);
  const plan = route(path, spec, body);
  if (plan.frames === undefined) return send(response, plan);
  await play(response, plan, entry);
}

/** @param {string | undefined} path @param {string | undefined} spec @param {import('./behaviours.mjs').Body & { model?: string }} body */
function route(path, spec, body) {
  if (path === '/models') return planOf(spec ?? `models:${MODELS.join(',')}`, body);
  if (path !== '/chat/completions') return planOf('404', body);
  return planOf(spec ?? scripted(body) ?? String(body.model), body);
}

/** A last user message that begins with `script: SPEC` decides, whatever the model is. @param {import('./behaviours.mjs').Body} body */
function scripted(body) {
  return /^script:\s*(\S+)/.exec(lastText(body))?.[1];
}

/** @param {import('node:http').IncomingMessage} request */
async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {import('node:http').IncomingMessage} request @param {string} path @param {unknown} body */
function note(request, path, body) {
  /** @type {import('../../src/server/models/scripted-provider.ts').LoggedRequest} */
  const entry = {
    method: request.method ?? '',
    path,
    authorization: request.headers.authorization ?? null,
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

/** @param {import('node:http').ServerResponse} response @param {import('./behaviours.mjs').Plan} plan */
function send(response, { status = 200, headers = { 'content-type': 'application/json' }, body = '' }) {
  response.writeHead(status, headers).end(body);
}

/** @param {import('node:http').ServerResponse} response @param {import('./behaviours.mjs').Plan} plan @param {import('../../src/server/models/scripted-provider.ts').LoggedRequest} entry */
async function play(response, { frames = [], every = 0, ending = 'end', encoding = 'utf8' }, entry) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
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
