/** Two to eight people send at one tip at the same moment, over and over: every text must be kept, one of them in place. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Over, violationsOf } from '../conversations/simulation/invariants.ts';
import { noneAcknowledged, repliesIn, type Sent } from '../conversations/simulation/person.ts';
import { Random } from '../conversations/simulation/random.ts';
import { trueTree } from '../conversations/simulation/truth.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import { countingSource } from './counting-source.ts';
import { exactReads, unreadable } from './exact-reads.ts';
import { readsAt, serversAt } from './over-http.ts';
import { type RemoteEngine, remoteEngine } from './remote-engine.ts';

export interface RaceOptions {
  readonly races: number;
  readonly seed: number;
  /** At two servers on an engine elsewhere (remote-engine.ts). Default: at one on its own. */
  readonly remote?: boolean;
  readonly onConversation?: (done: RaceReport) => void;
}

export interface RaceReport {
  readonly races: number;
  readonly sent: number;
  readonly violations: readonly string[];
}

/** Races of one conversation: each at the tip the race before it left. */
const IN_A_ROW = 20;
const MODEL = { source: 'sim', id: 'sim' };

/** At real servers in this process, over HTTP. Ends them and removes their folders. */
export async function race(options: RaceOptions): Promise<RaceReport> {
  const { races, seed, remote = false, onConversation } = options;
  const random = new Random(seed);
  const crew = new Crew();
  let report: RaceReport = { races: 0, sent: 0, violations: [] };
  try {
    if (remote) await crew.add(2, await crew.engine());
    else await crew.add(1);
    while (report.races < races) {
      const more = Math.min(IN_A_ROW, races - report.races);
      const { sent, violations } = await raceInOneConversation(crew.urls, random, more);
      report = {
        races: report.races + more,
        sent: report.sent + sent,
        violations: [...report.violations, ...violations],
      };
      onConversation?.(report);
    }
    return report;
  } finally {
    await crew.end();
  }
}

/** What runs, and how it ends. */
class Crew {
  readonly #servers: RunningServer[] = [];
  readonly #endings: (() => Promise<void>)[] = [];

  get urls(): readonly string[] {
    return this.#servers.map(({ url }) => url);
  }

  async engine(): Promise<RemoteEngine> {
    const engine = await remoteEngine('races');
    this.#endings.push(engine.stop);
    return engine;
  }

  async add(count: number, engine?: RemoteEngine): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const data = await mkdtemp(join(tmpdir(), 'bough-races-'));
      this.#endings.push(() => rm(data, { recursive: true, force: true }));
      const where = { host: '127.0.0.1', port: 0, data, ...(engine && { streams: { url: engine.url } }) };
      const server = await startServer(
        {
          ...where,
          demoModes: false,
          localModels: false,
          agents: false,
          agentRoots: [],
          titles: false,
          log: 'error',
        },
        { log: createLog({ level: 'error' }), sources: [countingSource({ words: 3, pause: 0 })] },
      );
      this.#servers.push(server);
      this.#endings.push(() => server.close());
    }
  }

  async end(): Promise<void> {
    for (const ending of this.#endings.reverse()) await ending();
  }
}

/** Each sends at any of the servers; several are on an engine that cuts its pages itself. */
async function raceInOneConversation(urls: readonly string[], random: Random, races: number) {
  const { execute } = serversAt(() => random.pick(urls)).any();
  const reads = readsAt(() => urls[0] as string);
  const over: Over = { random, memory: urls.length > 1 ? exactReads(reads) : reads, strays: false };
  const conversation = `c${randomUUID()}`;
  const acknowledged = noneAcknowledged();
  const violations: string[] = [];
  await execute('create', { conversation });
  let tip: string | null = null;
  for (let n = 0; n < races; n += 1) {
    const sends = Array.from({ length: 2 + random.below(7) }, () => sendAt(conversation, tip));
    const sent: Sent[] = await Promise.all(
      sends.map(async (input) => ({ input, answer: await execute('send', input) })),
    );
    acknowledged.sent.push(...sent);
    const inPlace = sent.filter(({ answer }) => !answer.forked);
    // First messages each begin a stream of their own; later ones have a place that one of them gets.
    if (tip !== null && inPlace.length !== 1)
      violations.push(`race ${n}: ${inPlace.length} of ${sent.length} in place`);
    await ended(over, conversation);
    tip = repliesIn(random.pick(sent).input)[0] ?? null;
  }
  violations.push(...(await violationsOf(over, conversation, acknowledged).catch(unreadable)));
  return { sent: acknowledged.sent.length, violations };
}

function sendAt(conversation: string, parent: string | null): Sent['input'] {
  const message = `m${randomUUID()}`;
  return {
    conversation,
    message,
    parent,
    text: `text of ${message}`,
    reply: `r${randomUUID()}`,
    model: MODEL,
  };
}

/** Resolves when no reply is being written any more. */
async function ended(over: Over, conversation: string): Promise<void> {
  for (;;) {
    const { generations } = await trueTree(over, conversation);
    if ([...generations.values()].every(({ end }) => end)) return;
    await sleep(20);
  }
}
