/**
 * Sends in a freshly seeded tree of 10,000 messages, whose outline is full: from the request to the first token in the reply's log. None of them
 * may wait for the snapshot of the next segment.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBough } from '../e2e/server.ts';
import { commandPath, LIVE_PATH, newId, outlineStream, replyStream, START } from '../src/protocol/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { writeLargeFolder } from './large-folder.ts';
import { figure } from './report.ts';
import { isSaid, post, tipOf } from './speaker.ts';

const SENDS = 20;
/** Longer than the quiet moment after which an index rolls over. */
const REST = 2500;
const id = 'clock:5x200';
const provider = await startClockProvider([id]);
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const [conversation = ''] = await writeLargeFolder(folder, {
  conversations: 1,
  messages: 10_000,
  patches: 0,
});
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, BOUGH_TITLES: '0' }, folder);
try {
  const list = await (await fetch(`${bough.url}/api/models`)).json();
  const model = { source: list.default.source, id };
  let parent = await tipOf(bough.url, conversation);
  // The first after a start reads the branch, and is the one that finds the outline full.
  const first = await send();
  const times: number[] = [];
  for (let n = 0; n < SENDS; n += 1) {
    if (n === SENDS / 2) await new Promise((resolve) => setTimeout(resolve, REST));
    times.push(await send());
  }
  const next = await fetch(`${bough.url}/v1/stream/${outlineStream(conversation)}~2?offset=now`);
  const [median = 0, worst = 0] = [times.toSorted((a, b) => a - b)[SENDS / 2], Math.max(...times)];
  figure(
    `${SENDS} sends in a tree of 10,000 messages that rolls over${next.ok ? '' : ' (it did not)'}: the first of all; median; worst of the others to the first token`,
    'worst ≤ 2 × of the median',
    `${first.toFixed(0)} ms; ${median.toFixed(0)} ms; ${worst.toFixed(0)} ms`,
  );

  async function send(): Promise<number> {
    const [message, reply] = [newId(), newId()];
    const started = performance.now();
    await post(bough.url, commandPath('send'), { conversation, message, parent, text: 'On?', reply, model });
    const streams = [{ stream: replyStream(conversation, reply), offset: START }];
    while (!(await isSaid(await post(bough.url, LIVE_PATH, { streams }), /t\d{13}/))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const took = performance.now() - started;
    // It ends before the next one is asked.
    while (!(await isSaid(await post(bough.url, LIVE_PATH, { streams }), '"closed":true')));
    parent = reply;
    return took;
  }
} finally {
  await bough.stop();
  provider.close();
  await rm(folder, { recursive: true, force: true });
}
