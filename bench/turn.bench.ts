/**
 * A turn at 10, 1,000 and 10,000 messages on the path: what the server's process reads (files and sockets) and computes for it. What the model is
 * sent grows with the path and is in both: it is told beside them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBough } from '../e2e/server.ts';
import { commandPath, LIVE_PATH, newId, replyStream, START } from '../src/protocol/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { writeLargeFolder } from './large-folder.ts';
import { bytesRead, cpuSeconds } from './process.ts';
import { figure } from './report.ts';
import { isSaid, post, tipOf } from './speaker.ts';

const TURNS = 10;
/** From the end of a reply's log until it stands in its branch. */
const SETTLED = 500;
const id = 'clock:12x400';
const provider = await startClockProvider([id]);
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
try {
  for (const messages of [10, 1_000, 10_000]) await measure(messages);
} finally {
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

async function measure(messages: number): Promise<void> {
  const data = join(folder, String(messages));
  const [conversation = ''] = await writeLargeFolder(data, { conversations: 1, messages, patches: 0 });
  const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, BOUGH_TITLES: '0' }, data);
  try {
    const list = await (await fetch(`${bough.url}/api/models`)).json();
    const model = { source: list.default.source, id };
    let parent = await tipOf(bough.url, conversation);
    const turn = async (): Promise<void> => {
      const [message, reply] = [newId(), newId()];
      await post(bough.url, commandPath('send'), {
        conversation,
        message,
        parent,
        text: 'And then?',
        reply,
        model,
      });
      const streams = [{ stream: replyStream(conversation, reply), offset: START }];
      // The log is made a moment after the answer.
      while (!(await isSaid(await post(bough.url, LIVE_PATH, { streams }), '"closed":true'))) await sleep(20);
      await sleep(SETTLED);
      parent = reply;
    };
    // The first one after a start reads the branch.
    await turn();
    const before = { read: bytesRead(bough.pid), cpu: cpuSeconds(bough.pid), sent: provider.received() };
    for (let n = 0; n < TURNS; n += 1) await turn();
    const each = (now: number, then: number): number => (now - then) / TURNS;
    const read = each(bytesRead(bough.pid), before.read) / 1_000;
    const sent = each(provider.received(), before.sent) / 1_000;
    const cpu = each(cpuSeconds(bough.pid), before.cpu) * 1_000;
    const name = `a turn at ${messages.toLocaleString('en')} messages: read; sent to the model; CPU`;
    figure(
      name,
      'read ≤ 1.3 × of the first',
      `${read.toFixed(0)} kB; ${sent.toFixed(0)} kB; ${cpu.toFixed(0)} ms`,
    );
  } finally {
    await bough.stop();
  }
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
