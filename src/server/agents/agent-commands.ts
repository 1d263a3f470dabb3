/** What people ask of agents beside replies (docs/protocol.md, "Agents"). */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../protocol/index.ts';
import type { AgentCommand, AgentInput, AgentOutput } from '../../protocol/models/agents.ts';
import type { ConversationService } from '../conversations/index.ts';
import { asRefusal } from '../conversations/kit/refusals.ts';
import { EngineError } from '../engine/index.ts';
import { writeAgent } from './agent-file.ts';
import { type AgentProcesses, agentFailed, PATIENCE, sentenceOf } from './agent-processes.ts';
import { broughtOf, conversationOf, History, sessionsIn } from './continue-session.ts';
import { createFolderFiles } from './folder-files.ts';
import { folderOf } from './folders.ts';
import { AgentError, AUTH_REQUIRED, inTime } from './link.ts';
import { OfferBook } from './offer-book.ts';
import type { AgentFacts, RunningAgent } from './running-agent.ts';
import { chooseIn } from './set-options.ts';

/** What agents do with conversations of themselves. */
export type AgentDesk = Pick<ConversationService, 'bring' | 'offer' | 'offers' | 'tree'>;

export interface AgentCommandRoom {
  readonly processes: AgentProcesses;
  /** Path of agents.json. */
  readonly path: string;
  /** Folders they may work in, and below; none: any. */
  readonly roots: readonly string[];
  /** The conversations that sessions are continued in; asked for when the first is. */
  readonly desk: () => AgentDesk;
  readonly trouble: (error: unknown) => void;
}

type AgentCommands = {
  readonly [N in AgentCommand]: (input: AgentInput<N>) => Promise<AgentOutput<N>>;
};

/** Each throws Refusal. */
export function agentCommandsOf({ processes, path, roots, desk, trouble }: AgentCommandRoom): AgentCommands {
  const files = createFolderFiles();
  return {
    test: async (spec) => {
      const agent = processes.tried(spec);
      try {
        const told = await inTime(agent.link, agent.facts, PATIENCE);
        return { ok: true, can: inWords(told), ...(told.version !== undefined && { version: told.version }) };
      } catch (error) {
        return { ok: false, sentence: sentenceOf(error, spec.name) };
      } finally {
        await agent.end();
      }
    },
    add: async (spec) => {
      const { agents } = await processes.configured();
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
      await processes.running(name)?.end();
      return {};
    },
    sessions: async ({ agent: name, folder, more }) => {
      const { agent, facts } = await processes.ready(name);
      if (!facts.lists) throw new Refusal(422, 'cannot-list', `${name} does not tell which sessions it has.`);
      const cwd = await folderOf(folder, roots);
      const answer = agent.link.request('session/list', { cwd, ...(more !== undefined && { cursor: more }) });
      return sessionsIn(await told(inTime(agent.link, answer, PATIENCE), name), cwd);
    },
    continue: async ({ agent: name, folder, session, title, at }) => {
      const { agent, facts } = await processes.ready(name);
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
      const { agent } = await processes.ready(name);
      const prepared = agent.prepare(await folderOf(folder, roots));
      const { offered } = await told(inTime(agent.link, prepared, PATIENCE), name);
      // Commands are told after the session was answered for, if there are any.
      for (let waits = 0; offered.commands === undefined && waits < 10; waits += 1)
        await sleep(50, undefined, { ref: false });
      return { options: [...offered.options], commands: [...(offered.commands ?? [])] };
    },
    // What was chosen is kept already; sessions that are not open learn it before their next prompt.
    choose: async ({ agent, ...chosen }) => {
      await setInOpenSessions(processes.running(agent), chosen);
      return {};
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
    throw agentFailed(error, name);
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
