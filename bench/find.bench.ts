/** Find in a conversation of 10,000 messages of about 1,000 characters: the first question, which reads them all, and the ones after it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedTree } from '../e2e/seed-tree.ts';
import { startBough } from '../e2e/server.ts';
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
