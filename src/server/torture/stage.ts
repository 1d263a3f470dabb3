/** People who talk at a real server in a process of its own, while something happens to it; then the verdict. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Over, violationsOf } from '../conversations/simulation/invariants.ts';
import { counter, noneAcknowledged, Person, type Surroundings } from '../conversations/simulation/person.ts';
import type { Random } from '../conversations/simulation/random.ts';
import { Died } from '../conversations/simulation/sim-server.ts';
import { newestFolds, trueList, trueTree } from '../conversations/simulation/truth.ts';
import { type ChildOptions, type ChildServer, startChild } from './child-server.ts';
import { exactReads, unreadable } from './exact-reads.ts';
import { Heard } from './heard.ts';
import { readsAt, serversAt } from './over-http.ts';

export interface Report {
  readonly messages: number;
  readonly replies: number;
  readonly interrupted: number;
  /** Segments of the index that has most. */
  readonly segments: number;
  readonly violations: readonly string[];
}

export const nothingYet: Report = { messages: 0, replies: 0, interrupted: 0, segments: 0, violations: [] };

export const added = (a: Report, b: Report): Report => ({
  messages: a.messages + b.messages,
  replies: a.replies + b.replies,
  interrupted: a.interrupted + b.interrupted,
  segments: Math.max(a.segments, b.segments),
  violations: [...a.violations, ...b.violations],
});

/** What can be done to the server while people talk. */
export interface Stage {
  readonly data: string;
  readonly random: Random;
  /** Resolves when so many replies are being written at once. */
  flying(replies: number): Promise<void>;
  /** kill -9, what is done to the folder meanwhile, and a new server. */
  killAndRestart(meanwhile?: () => Promise<void>): Promise<void>;
}

const CONVERSATIONS = 4;
const PEOPLE = 3;
/** ms for replies to end whose writer is gone. */
const PATIENCE = 60_000;
/** Some 2 s a reply: long enough to be many at once. */
const PACE = { words: 80, pause: 25 };

/**
 * People talk in new conversations of the data folder, or of the engine at `streams`, while `act` runs, each repeating what was not
 * answered. Then the server is killed and started once more, and all that is stored is held against what was acknowledged and read.
 * Ends its servers.
 */
export async function play(
  data: string,
  random: Random,
  act: (stage: Stage) => Promise<void>,
  options: Omit<ChildOptions, keyof typeof PACE> = {},
): Promise<Report> {
  const start = (): Promise<ChildServer> => startChild(data, { ...PACE, ...options });
  let server = await start();
  const url = (): string => server.url;
  const killAndRestart: Stage['killAndRestart'] = async (meanwhile) => {
    await server.kill();
    await meanwhile?.();
    server = await start();
  };
  try {
    const world = worldAt(url, random, options.streams !== undefined);
    const talk = await beginTalk(world, serversAt(url));
    await act({ data, random, flying: (replies) => server.flying(replies), killAndRestart });
    await talk.end();
    await killAndRestart();
    await talk.settled();
    return await talk.verdict();
  } finally {
    await server.kill();
  }
}

async function beginTalk(world: Surroundings & Over, servers: ReturnType<typeof serversAt>) {
  const rooms = Array.from({ length: CONVERSATIONS }, () => ({
    conversation: world.id('c'),
    acknowledged: noneAcknowledged(),
  }));
  for (const { conversation } of rooms) await servers.any().execute('create', { conversation });
  const heard = new Heard(world);
  let talking = true;
  const work = rooms.flatMap(({ conversation, acknowledged }) => [
    whileTalking(() => heard.listen(conversation)),
    ...Array.from({ length: PEOPLE }, () => {
      const person = new Person(world, servers, conversation, acknowledged);
      return whileTalking(() => person.act(1));
    }),
  ]);
  async function whileTalking(step: () => Promise<void>): Promise<void> {
    while (talking) await step();
  }
  return {
    end: async (): Promise<void> => {
      talking = false;
      await Promise.all(work);
    },
    /** Waits for a server that is not alone on its engine: it ends what others left once it is sure that they are gone. */
    settled: async (): Promise<void> => {
      const began = performance.now();
      for (const { conversation } of rooms)
        while ((await isOpen(world, conversation)) && performance.now() - began < PATIENCE) await sleep(500);
    },
    verdict: async (): Promise<Report> => {
      let report: Report = { ...nothingYet, violations: world.violations };
      for (const { conversation, acknowledged } of rooms) {
        const violations = [
          ...(await violationsOf(world, conversation, acknowledged).catch(unreadable)),
          ...(await heard.faults(conversation).catch(unreadable)),
        ];
        report = added(report, { ...(await countsOf(world, conversation)), violations });
      }
      return report;
    },
  };
}

/** @param coarse the engine cuts its pages itself */
function worldAt(url: () => string, random: Random, coarse: boolean): Surroundings & Over {
  const memory = patient(readsAt(url));
  return {
    random,
    memory: coarse ? exactReads(memory) : memory,
    strays: false,
    violations: [],
    id: (prefix) => `${prefix}${randomUUID()}`,
    count: counter(),
    turn: () => sleep(random.below(8)),
  };
}

/** Reads that wait for the server to be back: people look again, too. */
function patient(reads: ReturnType<typeof readsAt>): ReturnType<typeof readsAt> {
  const again = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        await sleep(20);
      }
    }
  };
  return {
    read: (stream, from, options) => again(() => reads.read(stream, from, options)),
    head: (stream) => again(() => reads.head(stream)),
  };
}

async function isOpen(world: Over, conversation: string): Promise<boolean> {
  const { generations } = await trueTree(world, conversation);
  const listed = (await trueList(world)).get(conversation)?.header.open ?? [];
  return listed.length > 0 || [...generations.values()].some(({ end }) => !end);
}

async function countsOf(world: Over, conversation: string): Promise<Omit<Report, 'violations'>> {
  const { messages, generations } = await trueTree(world, conversation);
  const interrupted = [...generations.values()].filter(({ end }) => end?.reason === 'interrupted');
  const { segments } = await newestFolds(world, conversation);
  return { messages: messages.size, replies: generations.size, interrupted: interrupted.length, segments };
}
