/** What twenty replies at 50 tokens a second cost the server: its process's CPU time over the wall time of the stream. */
import { startBough } from '../e2e/server.ts';
import { commandPath, newId } from '../src/protocol/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { cpuSeconds } from './process.ts';
import { figure } from './report.ts';

const REPLIES = 20;
const SECONDS = 10;
const model = { source: 'openai', id: `clock:${(SECONDS + 4) * 50}x50` };
const provider = await startClockProvider([model.id]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl });
try {
  const source = await realSource();
  await Promise.all(Array.from({ length: REPLIES }, () => ask(source)));
  await sleep(2_000);
  const [cpu, wall] = [cpuSeconds(bough.pid), Date.now()];
  await sleep(SECONDS * 1_000);
  const share = (cpuSeconds(bough.pid) - cpu) / ((Date.now() - wall) / 1_000);
  figure('20 replies × 50 tokens/s: server', '≤ 40 % of a core', `${(share * 100).toFixed(0)} %`);
} finally {
  await bough.stop();
  provider.close();
}

async function realSource(): Promise<string> {
  const list = await (await fetch(`${bough.url}/api/models`)).json();
  return list.default.source;
}

async function ask(source: string): Promise<void> {
  const conversation = newId();
  await post('create', { conversation });
  const send = { conversation, message: newId(), parent: null, text: 'Tell the time', reply: newId() };
  await post('send', { ...send, model: { ...model, source } });
}

async function post(name: 'create' | 'send', body: object): Promise<void> {
  const response = await fetch(bough.url + commandPath(name), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
