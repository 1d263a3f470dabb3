/**
 * What many replies at 50 tokens a second cost the server: its process's CPU time and the bytes it writes over the wall time of the
 * streams, and how late a token reaches who follows them all over one live connection.
 */
import { startBough } from '../e2e/server.ts';
import { commandPath, LIVE_PATH, newId, replyStream, START } from '../src/protocol/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { bytesWritten, cpuSeconds } from './process.ts';
import { figure, ms, percentile } from './report.ts';

const SECONDS = 10;
const TARGETS = new Map([
  [20, '≤ 40 % of a core'],
  [100, '≤ 50 % of a core, ≤ 5 MB/s, ≤ 120 ms'],
]);
const model = { source: 'openai', id: `clock:${(SECONDS + 8) * 50}x50` };

for (const [replies, target] of TARGETS) await measure(replies, target);

async function measure(replies: number, target: string): Promise<void> {
  const provider = await startClockProvider([model.id]);
  const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl });
  const leaving = new AbortController();
  try {
    const source = await realSource(bough.url);
    const logs = await Promise.all(Array.from({ length: replies }, () => ask(bough.url, source)));
    const delays: number[] = [];
    const following = follow(bough.url, logs, delays, leaving.signal).catch(() => {});
    await sleep(3_000);
    delays.length = 0;
    const [cpu, bytes, wall] = [cpuSeconds(bough.pid), bytesWritten(bough.pid), Date.now()];
    await sleep(SECONDS * 1_000);
    const seconds = (Date.now() - wall) / 1_000;
    const share = (cpuSeconds(bough.pid) - cpu) / seconds;
    const written = (bytesWritten(bough.pid) - bytes) / seconds / 1e6;
    const late = `${ms(percentile(delays, 0.5))} / ${ms(percentile(delays, 0.95))} (${delays.length} tokens)`;
    const name = `${replies} replies × 50 tokens/s: server; written to disk; token to follower, p50 / p95`;
    figure(name, target, `${(share * 100).toFixed(0)} %; ${written.toFixed(1)} MB/s; ${late}`);
    leaving.abort();
    await following;
  } finally {
    leaving.abort();
    await bough.stop();
    provider.close();
  }
}

async function realSource(url: string): Promise<string> {
  const list = await (await fetch(`${url}/api/models`)).json();
  return list.default.source;
}

/** Answers the log of the reply. */
async function ask(url: string, source: string): Promise<string> {
  const conversation = newId();
  const reply = newId();
  await post(url, 'create', { conversation });
  const send = { conversation, message: newId(), parent: null, text: 'Tell the time', reply };
  await post(url, 'send', { ...send, model: { ...model, source } });
  return replyStream(conversation, reply);
}

async function post(url: string, name: 'create' | 'send', body: object): Promise<void> {
  const response = await fetch(url + commandPath(name), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
}

/** Notes for each token how long after it was sent it came. */
async function follow(
  url: string,
  logs: readonly string[],
  delays: number[],
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(url + LIVE_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: logs.map((stream) => ({ stream, offset: START })) }),
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`live: ${await response.text()}`);
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    const now = Date.now();
    for (const [, sent] of decoder.decode(chunk, { stream: true }).matchAll(/t(\d{13})/g))
      delays.push(now - Number(sent));
  }
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
