/** All agents: found on PATH and configured; which of them run; what can be asked of them (docs/agents.md). */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Model, Refusal, type Source } from '../../protocol/index.ts';
import type { AgentCommand, AgentInput, AgentOutput } from '../../protocol/models/agents.ts';
import { AGENTS, type AgentAbilities, type ModelRef } from '../../tree/index.ts';
import type { ConversationService } from '../conversations/index.ts';
import { asRefusal } from '../conversations/kit/refusals.ts';
import { type Counterpart, CounterpartFailure } from '../counterparts/port.ts';
import { EngineError } from '../engine/index.ts';
import type { ModelName } from '../models/port.ts';
import { type AgentSpec, readAgents, writeAgent } from './agent-file.ts';
import { broughtOf, conversationOf, History, sessionsIn } from './continue-session.ts';
import { createFolderFiles } from './folder-files.ts';
import { folderOf } from './folders.ts';
import { agentsOnPath } from './known-agents.ts';
import { AgentError, AUTH_REQUIRED, inTime } from './link.ts';
import { chooseIn, OfferBook } from './offer-book.ts';
import { AgentReply } from './reply/agent-reply.ts';
import { type AgentFacts, RunningAgent } from './running-agent.ts';

export interface Agents {
  /** Nothing is started. Never throws. */
  list(): Promise<{ readonly models: readonly Model[]; readonly source: Source }>;
  /** Null: there is no such agent. */
  describe(ref: ModelRef): Promise<ModelName | null>;
  /** Undefined: not an agent. */
  counterpart(ref: ModelRef): Counterpart | undefined;
  /** Throws Refusal. */
  execute<N extends AgentCommand>(name: N, input: AgentInput<N>): Promise<AgentOutput<N>>;
  /** Ends all of them. */
  shutdown(): Promise<void>;
}

export interface AgentsOptions {
  /** Path of agents.json. */
  readonly path: string;
  /** What agents get a part of, and where commands are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders they may work in, and below; none: any. */
  readonly roots: readonly string[];
  /** Of Bough. */
  readonly version: string;
  /** The conversations that sessions are continued in; asked for when the first is. */
  readonly desk: () => Desk;
  readonly trouble: (error: unknown) => void;
}

/** What agents do with conversations of themselves. */
export type Desk = Pick<ConversationService, 'bring' | 'offer' | 'offers' | 'tree'>;

/** How long commands and "Test" wait for an agent to come up, in ms; a reply waits for as long as its process lives. */
const PATIENCE = 60_000;
/** What PATH holds is looked at again after this long, in ms. */
const FRESH = 30_000;

export function createAgents({ path, env, roots, version, desk, trouble }: AgentsOptions): Agents {
  const running = new Map<string, RunningAgent>();
  const facts = new Map<string, AgentFacts>();
  const tested = new Set<RunningAgent>();
  const files = createFolderFiles();
  let closed = false;
  let found: { readonly until: number; readonly agents: Promise<readonly AgentSpec[]> } | undefined;

  const onPath = (): Promise<readonly AgentSpec[]> => {
    if (!found || Date.now() >= found.until)
      found = { until: Date.now() + FRESH, agents: agentsOnPath(env.PATH ?? '') };
    return found.agents;
  };
  const configured = async (): Promise<{ agents: readonly AgentSpec[]; problem?: string }> => {
    try {
      return { agents: await readAgents(path) };
    } catch (error) {
      trouble(error);
      return { agents: [], problem: error instanceof Error ? error.message : String(error) };
    }
  };
  const find = async (name: string): Promise<AgentSpec | undefined> => {
    const { agents } = await configured();
    return [...agents, ...(await onPath())].find((one) => one.name === name);
  };
  const start = async (name: string): Promise<RunningAgent> => {
    const spec = await find(name);
    if (!spec || closed)
      throw new CounterpartFailure({
        code: 'unknown-model',
        sentence: `The agent ${name} is not there any more. Choose another one and ask again.`,
      });
    const known = running.get(name);
    if (known && !known.isOver && JSON.stringify(known.spec) === JSON.stringify(spec)) return known;
    const agent = new RunningAgent(spec, env, version);
    running.set(name, agent);
    agent.facts.then(
      (told) => facts.set(name, told),
      () => {},
    );
    void agent.link.process.ended.then(() => running.get(name) === agent && running.delete(name));
    return agent;
  };
  /** For a command: started if need be, and what it said of itself. Throws Refusal. */
  const ready = async (name: string): Promise<{ agent: RunningAgent; facts: AgentFacts }> => {
    const agent = await start(name).catch((error: unknown) => {
      throw error instanceof CounterpartFailure
        ? new Refusal(422, 'unknown-model', error.failure.sentence)
        : error;
    });
    const facts = await inTime(agent.link, agent.facts, PATIENCE).catch((error: Error) => {
      throw new Refusal(503, 'agent-failed', sentenceOf(error, name));
    });
    return { agent, facts };
  };

  const abilities = async (name: string): Promise<AgentAbilities> => {
    const known = facts.get(name);
    if (known) return known.abilities;
    return (await ready(name)).facts.abilities;
  };
  const modelOf = (spec: AgentSpec, state: 'found' | 'configured'): Model => {
    const known = facts.get(spec.name);
    return {
      ...{ ref: { source: AGENTS, id: spec.name }, name: spec.name, sourceName: 'this computer' },
      ...{ demo: false, kind: 'chat' },
      ...(known && { images: known.images, audio: known.audio }),
      agent: {
        state: running.has(spec.name) ? 'running' : state,
        // Arguments may hold keys, and whoever reads may read this.
        command: spec.command.slice(0, 300),
        ...(known?.version !== undefined && { version: known.version }),
        ...(known && { abilities: known.abilities }),
      },
    };
  };

  const commands: { readonly [N in AgentCommand]: (input: AgentInput<N>) => Promise<AgentOutput<N>> } = {
    test: async (spec) => {
      const agent = new RunningAgent(spec, env, version);
      tested.add(agent);
      try {
        const told = await inTime(agent.link, agent.facts, PATIENCE);
        return { ok: true, can: inWords(told), ...(told.version !== undefined && { version: told.version }) };
      } catch (error) {
        return { ok: false, sentence: sentenceOf(error, spec.name) };
      } finally {
        tested.delete(agent);
        await agent.end();
      }
    },
    add: async (spec) => {
      const { agents } = await configured();
      const other = agents.find(({ name }) => name === spec.name);
      if (other && JSON.stringify(other) !== JSON.stringify(spec))
        throw new Refusal(
          409,
          'id-taken',
          `There is an agent called ${spec.name} already. Give this one another name.`,
        );
      await reported(() => writeAgent(path, spec.name, spec), trouble);
      return {};
    },
    remove: async ({ name }) => {
      await reported(() => writeAgent(path, name, null), trouble);
      await running.get(name)?.end();
      return {};
    },
    sessions: async ({ agent: name, folder, more }) => {
      const { agent, facts } = await ready(name);
      if (!facts.lists) throw new Refusal(422, 'cannot-list', `${name} does not tell which sessions it has.`);
      const cwd = await folderOf(folder, roots);
      const answer = agent.link.request('session/list', { cwd, ...(more !== undefined && { cursor: more }) });
      return sessionsIn(await told(inTime(agent.link, answer, PATIENCE), name), cwd);
    },
    continue: async ({ agent: name, folder, session, title, at }) => {
      const { agent, facts } = await ready(name);
      if (!facts.loads)
        throw new Refusal(422, 'cannot-list', `${name} cannot show what was said in an earlier session.`);
      const cwd = await folderOf(folder, roots);
      if (agent.sessions.get(session)?.ear)
        throw new Refusal(409, 'still-writing', `${name} is at work in this session. Wait for its end.`);
      const conversation = conversationOf(name, session);
      const history = new History();
      const { session: live } = await told(agent.reopen(session, cwd, { history }), name);
      live.turn = history.turns.length;
      if (live.turn === 0) throw new Refusal(422, 'empty', 'Nothing was said in this session yet.');
      const known = { id: session, ...(title && { title }), ...(at !== undefined && { at }) };
      const tree = await desk().tree(conversation).catch(noTree);
      const version = facts.version;
      const continued = { agent: name, version, folder: cwd, session: known, history, tree };
      await desk().bring(broughtOf({ ...continued, now: Date.now() }));
      live.conversation = conversation;
      const before = (await desk().offers(conversation)).get(name);
      let said: Promise<unknown> = Promise.resolve();
      live.book = new OfferBook(name, before, (offers) => {
        said = desk().offer(conversation, offers).catch(trouble);
      });
      live.book.tell(live.offered);
      await said;
      return { conversation };
    },
    files: async ({ folder, query }) => files.find(await folderOf(folder, roots), query),
    offers: async ({ agent: name, folder }) => {
      const { agent } = await ready(name);
      const prepared = agent.prepare(await folderOf(folder, roots));
      const { offered } = await told(inTime(agent.link, prepared, PATIENCE), name);
      // Commands are told after the session was answered for, if there are any.
      for (let waits = 0; offered.commands === undefined && waits < 10; waits += 1)
        await sleep(50, undefined, { ref: false });
      return { options: [...offered.options], commands: [...(offered.commands ?? [])] };
    },
    // What was chosen is kept already; sessions that are not open learn it before their next prompt.
    choose: async ({ agent, ...chosen }) => {
      await setInOpenSessions(running.get(agent), chosen);
      return {};
    },
  };

  return {
    list: async () => {
      const { agents, problem } = await configured();
      const others = (await onPath()).filter(({ name }) => !agents.some((one) => one.name === name));
      const models = [
        ...agents.map((spec) => modelOf(spec, 'configured')),
        ...others.map((spec) => modelOf(spec, 'found')),
      ];
      const source = {
        id: AGENTS,
        name: 'Agents',
        kind: 'agents',
        found: 'built-in',
        hasKey: false,
      } as const;
      return {
        models,
        source:
          problem === undefined
            ? { ...source, state: 'ready' }
            : { ...source, state: 'failed', sentence: problem },
      };
    },
    describe: async ({ source, id }) => {
      const spec = source === AGENTS ? await find(id) : undefined;
      if (!spec) return null;
      const known = facts.get(id);
      return {
        name: id,
        ...(known && { images: known.images, audio: known.audio }),
        agent: {
          folder: (path) => folderOf(path, roots),
          abilities: () => abilities(id),
          isOpen: (session) => running.get(id)?.sessions.get(session.id)?.turn === session.turn,
        },
      };
    },
    counterpart: ({ source, id }) =>
      source === AGENTS
        ? { open: (place) => new AgentReply({ place, name: id, agent: () => start(id) }) }
        : undefined,
    execute: (name, input) => commands[name](input),
    shutdown: async () => {
      closed = true;
      await Promise.all([...running.values(), ...tested].map((agent) => agent.end()));
    },
  };
}

/** It was not continued before. */
function noTree(error: unknown): null {
  if (error instanceof EngineError && error.kind === 'missing') return null;
  throw asRefusal(error);
}

/** What an agent answers a command. Throws Refusal. */
async function told<T>(answer: Promise<T>, name: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (error.code === AUTH_REQUIRED)
      throw new Refusal(
        422,
        'sign-in',
        `${name} wants you to sign in first. Send it a message: it asks then.`,
      );
    throw new Refusal(502, 'agent-failed', sentenceOf(error, name));
  }
}

async function setInOpenSessions(
  agent: RunningAgent | undefined,
  { conversation, option, value }: Omit<AgentInput<'choose'>, 'agent'>,
): Promise<void> {
  const open = [...(agent?.sessions.values() ?? [])].filter((one) => one.conversation === conversation);
  if (!agent) return;
  for (const session of open) {
    const set = chooseIn(agent, session, option, value);
    await Promise.race([set, sleep(PATIENCE / 4, undefined, { ref: false })]).catch((error: Error) => {
      throw new Refusal(422, 'not-taken', `${agent.spec.name} did not take it: ${error.message}`);
    });
  }
}

function sentenceOf(error: unknown, name: string): string {
  const words = error instanceof Error ? error.message : String(error);
  const whole = words.startsWith(name) ? words : `${name} ${words}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** "can go back to messages", for the form that tests it. */
function inWords({ abilities, images, audio, signIns }: AgentFacts): string[] {
  const { forks, forksAtMessages, reopens } = abilities;
  return [
    forksAtMessages
      ? 'goes back to any reply'
      : forks
        ? 'forks at the end of a session'
        : 'cannot fork its sessions',
    reopens ? 'opens earlier sessions again' : 'forgets its sessions when it ends',
    ...(images ? ['takes images'] : []),
    ...(audio ? ['takes audio'] : []),
    ...(signIns.length > 0 ? ['may want you to sign in'] : []),
  ];
}

async function reported(write: () => Promise<void>, trouble: (error: unknown) => void): Promise<void> {
  try {
    await write();
  } catch (error) {
    trouble(error);
    const why =
      error instanceof Error && error.message.startsWith('agents.json')
        ? ` ${error.message}`
        : ' The log of the server says why.';
    throw new Refusal(500, 'internal', `The agent could not be kept.${why}`);
  }
}
