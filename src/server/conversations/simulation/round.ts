/** One simulated round: people at failing servers, then repair by servers that do not fail, then the check. */
import { branchStream } from '../../../protocol/index.ts';
import { type Branch, isSummary, prunedIn, type Tree } from '../../../tree/index.ts';
import { personsMessage } from '../kit/messages.ts';
import { lastIndexed } from '../recovery/repair.ts';
import { Fleet } from './fleet.ts';
import { violationsOf } from './invariants.ts';
import { type Acknowledged, noneAcknowledged, Person } from './person.ts';
import type { ServerOptions } from './sim-server.ts';
import { newestFolds, trueList, trueTree } from './truth.ts';
import { type Faults, noFaults, World } from './world.ts';

const PEOPLE = 4;
const ACTIONS = 4;

export interface RoundOptions extends ServerOptions {
  readonly faults?: Partial<Faults>;
  /** The engine cuts its pages itself. Default: in two of five rounds, where servers are several. */
  readonly coarse?: boolean;
}

export interface Outcome {
  readonly violations: readonly string[];
  /** How much happened: a simulation in which nothing does would find nothing. */
  readonly did: Readonly<
    Record<
      | 'messages'
      | 'crashes'
      | 'forks'
      | 'copies'
      | 'wordless'
      | 'segments'
      | 'answers'
      | 'summaries'
      | 'continued'
      | 'hidden',
      number
    >
  >;
}

/** The faults of a round: each round has its own mixture, so that none hides another. */
function faultsFor(world: World): Faults {
  const { random } = world;
  const some = (most: number) => (random.chance(0.6) ? random.next() * most : 0);
  return {
    crash: some(0.03),
    lost: some(0.08),
    refused: some(0.04),
    late: some(0.05),
    forget: some(random.chance(0.2) ? 0.5 : 0.02),
  };
}

export async function playRound(seed: number, options: RoundOptions = {}): Promise<Outcome> {
  const world = new World(seed, noFaults);
  world.coarse = options.coarse ?? (!options.alone && !options.faults && world.random.chance(0.4));
  const conversation = world.id('c');
  const fleet = new Fleet(world, options);
  const acknowledged = noneAcknowledged();
  await world.drive(fleet.any().execute('create', { conversation }));
  const spared = options.alone ? { late: 0 } : {};
  world.faults = { ...faultsFor(world), ...spared, ...options.faults };
  const people = Array.from({ length: PEOPLE }, () => new Person(world, fleet, conversation, acknowledged));
  const observing = new AbortController();
  if (world.random.chance(0.2)) void intrude(world, conversation);
  if (!options.alone) void observe(world, fleet, conversation, observing.signal);
  await world.drive(Promise.all(people.map((person) => person.act(1 + world.random.below(ACTIONS)))));
  observing.abort();
  world.faults = noFaults;
  await world.drain();
  await world.drive(recover(world, fleet, conversation, options));
  await world.drain();
  const violations = [...world.violations, ...(await violationsOf(world, conversation, acknowledged))];
  violations.push(...(await world.drive(repeats(fleet, acknowledged))));
  const { segments } = await newestFolds(world, conversation);
  const counts = countsOf(await trueTree(world, conversation));
  return {
    violations,
    did: { crashes: fleet.crashes, segments, answers: acknowledged.answered.length, ...counts },
  };
}

function countsOf(tree: Tree) {
  const branches = (kind: Branch['kind']) =>
    [...tree.branches.values()].filter((branch) => branch.kind === kind);
  const wordless = [...tree.generations.keys()].filter((id) => !tree.messages.has(id));
  return {
    messages: tree.messages.size,
    forks: branches('fork').length,
    copies: branches('copy').length,
    wordless: wordless.length,
    summaries: [...tree.messages.values()].filter(isSummary).length,
    continued: [...tree.messages.values()].filter(({ origin }) => origin.begun !== undefined).length,
    hidden: prunedIn(tree).length,
  };
}

/** Now and then a server ends a reply whose writer is gone, as the observer of docs/protocol.md does. */
async function observe(world: World, fleet: Fleet, conversation: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (let wait = 0; wait < 40; wait += 1) await world.turn();
    if (signal.aborted) return;
    await endAbandoned(world, fleet, conversation).catch(() => {});
  }
}

/** What is not of this protocol gets into a branch: it must never be indexed, and seals the branch. */
async function intrude(world: World, conversation: string): Promise<void> {
  for (let wait = world.random.below(200); wait > 0; wait -= 1) await world.turn();
  const tips = [...lastIndexed(await trueTree(world, conversation)).values()];
  if (tips.length === 0) return;
  const { branch, parent } = world.random.pick(tips);
  const origin = { kind: 'external' } as const;
  const stray = personsMessage({ id: world.id('x'), parent, text: 'stray', origin, time: world.now() });
  world.strays = true;
  await world.memory.append(branchStream(conversation, branch), [stray]);
}

/** Only `conversations` is asked: what it does not say, no server could know without opening the conversation. */
async function endAbandoned(world: World, fleet: Fleet, conversation: string): Promise<void> {
  for (const reply of (await trueList(world)).get(conversation)?.header.open ?? []) {
    if (!fleet.writes(reply)) await fleet.any().interrupt(conversation, reply);
  }
}

/** Servers start anew and somebody opens the conversation; where they are several, replies nobody writes are ended. */
async function recover(
  world: World,
  fleet: Fleet,
  conversation: string,
  options: RoundOptions,
): Promise<void> {
  fleet.restart();
  for (const server of fleet.all()) await server.open(conversation);
  if (options.alone) return;
  while (fleet.busy()) await world.turn();
  await endAbandoned(world, fleet, conversation);
}

/** Every server answers a repeated command as it was acknowledged. */
async function repeats(fleet: Fleet, { sent, edited, asked, summed }: Acknowledged): Promise<string[]> {
  const wrong: string[] = [];
  for (const server of fleet.all()) {
    for (const { input, answer } of sent) {
      const again = await server.execute('send', input);
      if (JSON.stringify(again) !== JSON.stringify(answer))
        wrong.push(`send ${input.message} has another answer`);
    }
    for (const { input, answer } of edited) {
      const again = await server.execute('edit', input);
      if (JSON.stringify(again) !== JSON.stringify(answer))
        wrong.push(`edit ${input.message} has another answer`);
    }
    for (const { input, answer } of summed) {
      const again = await server.execute('summarise', input);
      if (JSON.stringify(again) !== JSON.stringify(answer))
        wrong.push(`summarise ${input.message} has another answer`);
    }
    for (const { input, answer } of asked) {
      const again = await server.execute('regenerate', input);
      if (JSON.stringify(again) !== JSON.stringify(answer))
        wrong.push(`regenerate ${answer.message} has another answer`);
    }
  }
  return wrong;
}
