/**
 * Find in a conversation of 10,000 messages of about 1,000 characters: the first question, which reads them all, and the ones after it.
 * Then in 50 messages as long as they can be, in no Latin letters: how long the server answers nobody else.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { seedTree } from '../e2e/seed-tree.ts';
import { type BoughServer, startBough } from '../e2e/server.ts';
import { figure, ms, percentile } from './report.ts';

const MESSAGES = 10_000;
const WORDS =
  'the market opens at six and a train leaves for the coast where people eat rice soup before they walk along the canal into the hills'.split(
    ' ',
  );

/** 190 common words; one message in a hundred names the lanterns. */
function said(n: number): string {
  const words = Array.from({ length: 190 }, (_, at) => WORDS[(n * 31 + at * at * 7 + at) % WORDS.length]);
  return `${words.join(' ')}${n % 100 === 42 ? ' under the Lanterns of Kyōto' : ''} ${n}`;
}

async function manyMessages(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
  const { conversation } = await seedTree(folder, 'bushy', MESSAGES, said);
  const bough = await startBough({}, folder);
  try {
    const find = async (query: string) => {
      const began = performance.now();
      const response = await fetch(`${bough.url}/api/find?conversation=${conversation}&${query}`);
      const { ids } = (await response.json()) as { ids: string[] };
      return { took: performance.now() - began, hits: ids.length };
    };
    const cold = await find('q=lanterns');
    figure(
      'find, 10,000 messages: the first question reads them all',
      '-',
      `${ms(cold.took)}, ${cold.hits} hits`,
    );
    const times: number[] = [];
    for (const query of [
      'q=lanterns',
      'q=kyoto',
      'q=%22the%20lanterns%22',
      'q=market%20canal',
      'q=nowhere',
      'q=t',
    ]) {
      for (let time = 0; time < 5; time += 1) times.push((await find(query)).took);
    }
    const worst = await find('q=t');
    figure(
      'find, 10,000 messages: first hits in all text',
      '≤ 50 ms',
      `median ${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}; ${worst.hits} hits ${ms(worst.took)}`,
    );
  } finally {
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The longest time between two turns of the server's event loop during `work`, in ms: by the clock, and what the process worked in it. */
async function longestTurn(
  { pid, said }: BoughServer,
  work: () => Promise<unknown>,
): Promise<{ readonly clock: number; readonly work: number }> {
  const tells = () => said.flatMap((line) => /^longest (\S+) (\S+)$/.exec(line) ?? []);
  const before = tells().length;
  process.kill(pid, 'SIGUSR2');
  await work();
  process.kill(pid, 'SIGUSR2');
  while (tells().length === before) await setTimeout(20);
  const [, clock, worked] = tells().slice(-3);
  return { clock: Number(clock), work: Number(worked) };
}

const LONG = 387_000;
const NO_LATIN = 'Größe, 数学 και ελληνικά, ещё слова 日本語の文。 ';

async function longMessages(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
  const say = (n: number) => `${n} ${NO_LATIN.repeat(LONG / NO_LATIN.length)}`.padEnd(LONG, '文');
  const { conversation } = await seedTree(folder, 'trunk', 50, say);
  const env = { NODE_OPTIONS: `--import ${new URL('./tell-turns.mjs', import.meta.url)}` };
  const bough = await startBough(env, folder);
  const ask = async (word: string) => {
    const answer = await fetch(
      `${bough.url}/api/find?conversation=${conversation}&q=${encodeURIComponent(word)}`,
    );
    await answer.arrayBuffer();
  };
  const told = (name: string, { clock, work }: { readonly clock: number; readonly work: number }) =>
    figure(
      `find, 50 messages of 387,000 characters: longest turn, ${name}`,
      '≤ 50 ms',
      `${ms(work)} of work, ${ms(clock)} by the clock`,
    );
  try {
    told('nothing asked', await longestTurn(bough, () => setTimeout(500)));
    told('the first question reads them all', await longestTurn(bough, () => ask('nowhere')));
    told('a word in all of them', await longestTurn(bough, () => ask('数学')));
    told('eight questions at once', await longestTurn(bough, () => Promise.all([...'abgксы文の'].map(ask))));
  } finally {
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await manyMessages();
await longMessages();
