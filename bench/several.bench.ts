/** Eight replies asked for at once, of 2,000 tokens each at 50 tokens a second: when the last of them ends, against one alone. */
import { startBough } from '../e2e/server.ts';
import { commandPath, newId, outlineStream, readOutline } from '../src/protocol/index.ts';
import { emptyTree, foldOutline } from '../src/tree/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { figure } from './report.ts';

const TOKENS = 2_000;
const PACE = 50;
const model = { source: 'openai', id: `clock:${TOKENS}x${PACE}` };

const provider = await startClockProvider([model.id]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, BOUGH_TITLES: '0' });
try {
  const list = await (await fetch(`${bough.url}/api/models`)).json();
  const ref = { ...model, source: list.default.source };
  const alone = await seconds(ref, 1);
  const eight = await seconds(ref, 8);
  figure(
    `${TOKENS.toLocaleString('en')} tokens at ${PACE} a second: one reply; the last of eight at once`,
    '≤ 1.15 × of one',
    `${alone.toFixed(1)} s; ${eight.toFixed(1)} s: ${(eight / alone).toFixed(2)} ×`,
  );
} finally {
  await bough.stop();
  provider.close();
}

/** From the command until all of them stand in the outline as ended. */
async function seconds(
  ref: { readonly source: string; readonly id: string },
  replies: number,
): Promise<number> {
  const conversation = newId();
  await post('create', { conversation });
  const before = performance.now();
  await post('send', {
    ...{ conversation, message: newId(), parent: null, text: 'Tell the time' },
    replies: Array.from({ length: replies }, () => ({ id: newId(), model: ref })),
  });
  while (!(await areEnded(conversation, replies))) await new Promise((done) => setTimeout(done, 20));
  return (performance.now() - before) / 1_000;
}

async function areEnded(conversation: string, replies: number): Promise<boolean> {
  const answer = await fetch(`${bough.url}/v1/stream/${outlineStream(conversation)}?offset=-1`);
  const { generations } = foldOutline(emptyTree, readOutline((await answer.json()) as unknown[]));
  const ended = [...generations.values()].filter(({ end }) => end?.reason === 'complete');
  return ended.length === replies;
}

async function post(name: 'create' | 'send', input: object): Promise<void> {
  const answer = await fetch(`${bough.url}${commandPath(name)}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) },
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}
