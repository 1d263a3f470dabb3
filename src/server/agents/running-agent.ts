/** An agent's process with its open sessions, from its first need to its end: with Bough, after ten idle minutes, or when it crashes. */

import type { OptionValue } from '../../protocol/streams/offers.ts';
import type { AgentAbilities, SessionRef } from '../../tree/index.ts';
import { homeFolder } from '../process-settings.ts';
import type { AgentSpec } from './agent-file.ts';
import { AgentError, AgentLink } from './link.ts';
import { LiveSession, type Replay, type ReplayEar } from './live-session.ts';
import { MODELS, MODES } from './offered.ts';

/** What it said of itself. */
export interface AgentFacts {
  readonly version?: string;
  readonly title?: string;
  readonly abilities: AgentAbilities;
  readonly loads: boolean;
  readonly resumes: boolean;
  readonly closes: boolean;
  /** It tells which sessions it has. */
  readonly lists: boolean;
  readonly images: boolean;
  readonly audio: boolean;
  readonly embeds: boolean;
  readonly signIns: readonly SignIn[];
}

interface SignIn {
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  /** It is done by running this in a terminal. */
  readonly command?: string;
}

const IDLE = 10 * 60_000;
const PROTOCOL = 1;

export class RunningAgent {
  readonly spec: AgentSpec;
  readonly link: AgentLink;
  /** Rejects with an AgentError. */
  readonly facts: Promise<AgentFacts>;
  readonly sessions = new Map<string, LiveSession>();
  readonly #prepared = new Map<string, Promise<LiveSession>>();
  #turns = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(spec: AgentSpec, env: Readonly<Record<string, string | undefined>>, version: string) {
    this.spec = spec;
    this.link = new AgentLink({ spec, env, cwd: homeFolder() });
    this.facts = this.link
      .request<RawFacts>('initialize', greeting(version))
      .then((raw) => factsOf(raw, spec));
    this.facts.catch(() => void this.end());
    this.#rest();
  }

  get isOver(): boolean {
    return this.link.process.isOver();
  }

  /** Others have a turn here. */
  get turns(): number {
    return this.#turns;
  }

  begin(): void {
    this.#turns += 1;
    clearTimeout(this.#idle);
  }

  done(): void {
    this.#turns -= 1;
    this.#rest();
  }

  end(): Promise<void> {
    clearTimeout(this.#idle);
    return this.link.process.end();
  }

  /** A session in which nothing was said yet, to see what can be chosen in it: the next that is opened in the folder. */
  prepare(folder: string): Promise<LiveSession> {
    this.#rest();
    const made = this.#prepared.get(folder) ?? this.#make(folder);
    this.#prepared.set(folder, made);
    made.catch(() => this.#prepared.delete(folder));
    return made;
  }

  open(folder: string): Promise<LiveSession> {
    const prepared = this.#prepared.get(folder);
    this.#prepared.delete(folder);
    return prepared ?? this.#make(folder);
  }

  async #make(folder: string): Promise<LiveSession> {
    const params = { cwd: folder, mcpServers: [] };
    const made = await this.link.request<SessionAnswer>('session/new', params);
    const session = new LiveSession(idOf(made), 0);
    session.offered.answered(made);
    return this.keep(session);
  }

  /** Loads, else resumes. `history`: hears all of it. `isWhole`: it ends where it has to. `replay`: what it said of before; none when it resumed. */
  async reopen(
    id: string,
    folder: string,
    { history, isWhole = () => false }: { history?: ReplayEar; isWhole?: (replay: Replay) => boolean },
  ): Promise<{ session: LiveSession; replay: Replay | undefined }> {
    const { loads } = await this.facts;
    const session = new LiveSession(id);
    const replay = loads ? session.replay(history) : undefined;
    this.keep(session);
    try {
      const method = loads ? 'session/load' : 'session/resume';
      const params = { sessionId: id, cwd: folder, mcpServers: [] };
      const opened = await this.link.request<Omit<SessionAnswer, 'sessionId'> | null>(method, params);
      session.offered.answered(opened ?? {});
      await replay?.heardOut(() => isWhole(replay));
      session.replayed();
      return { session, replay };
    } catch (error) {
      this.drop(session);
      throw error;
    }
  }

  /** A fork of `ref`; `more` says where. `replay`: what came of it, if it began before the answer. */
  async fork(
    ref: SessionRef,
    folder: string,
    more: object,
  ): Promise<{ session: LiveSession; replay: Replay }> {
    const params = { sessionId: ref.id, cwd: folder, mcpServers: [], ...more };
    const made = await this.link.request<SessionAnswer>('session/fork', params);
    if (idOf(made) === ref.id) throw new AgentError('It gave the same session for a fork.', null);
    const session = new LiveSession(idOf(made));
    const replay = session.replay();
    session.offered.answered(made);
    this.keep(session);
    if (!replay.isEmpty) await replay.heardOut(() => replay.endsAt(ref));
    session.replayed();
    return { session, replay };
  }

  /** Sets an option of a session: some answer with all of them, for they depend on each other. Throws AgentError. */
  async set({ id: sessionId, offered }: LiveSession, option: string, value: OptionValue): Promise<void> {
    const [method, params] = howToSet(option, value);
    const answer = await this.link.request<SessionAnswer | null>(method, { sessionId, ...params });
    offered.moved(option, value);
    offered.answered(answer ?? {});
  }

  keep(session: LiveSession): LiveSession {
    this.sessions.set(session.id, session);
    this.link.open(session.id, session);
    return session;
  }

  drop(session: LiveSession): void {
    if (this.sessions.get(session.id) === session) this.sessions.delete(session.id);
    this.link.close(session.id, session);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#turns > 0) return;
    this.#idle = setTimeout(() => void this.end(), IDLE);
    this.#idle.unref();
  }
}

function howToSet(option: string, value: OptionValue): readonly [method: string, params: object] {
  if (option === MODES) return ['session/set_mode', { modeId: value }];
  if (option === MODELS) return ['session/set_model', { modelId: value }];
  const type = typeof value === 'boolean' && { type: 'boolean' };
  return ['session/set_config_option', { configId: option, value, ...type }];
}

/** What it answers when a session is made: its id, and what can be chosen in it. */
interface SessionAnswer {
  readonly sessionId?: unknown;
  readonly configOptions?: unknown;
  readonly modes?: unknown;
  readonly models?: unknown;
}

function idOf({ sessionId }: { sessionId?: unknown }): string {
  if (typeof sessionId === 'string' && sessionId !== '') return sessionId;
  throw new AgentError('It named no session.', null);
}

/** Only what is there: files and terminals are the agent's own affair. */
const greeting = (version: string) => ({
  protocolVersion: PROTOCOL,
  clientInfo: { name: 'bough', title: 'Bough', version },
  clientCapabilities: {
    ...{ fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    elicitation: { form: {}, url: {} },
    session: { configOptions: { boolean: {} }, notices: {}, compaction: {}, cursors: {} },
  },
});

interface RawFacts {
  readonly protocolVersion?: number;
  readonly agentCapabilities?: {
    readonly loadSession?: boolean;
    readonly promptCapabilities?: {
      readonly image?: boolean;
      readonly audio?: boolean;
      readonly embeddedContext?: boolean;
    };
    readonly sessionCapabilities?: Readonly<Record<string, unknown>>;
    readonly _meta?: { readonly jetbrains?: { readonly air?: { readonly fork?: unknown } } };
  };
  readonly agentInfo?: { readonly name?: string; readonly title?: string; readonly version?: string } | null;
  readonly authMethods?: readonly Readonly<Record<string, unknown>>[];
}

function factsOf(raw: RawFacts, { command }: Pick<AgentSpec, 'command'>): AgentFacts {
  if (raw.protocolVersion !== undefined && raw.protocolVersion !== PROTOCOL)
    throw new AgentError(
      `speaks version ${raw.protocolVersion} of the protocol; Bough speaks ${PROTOCOL}`,
      null,
    );
  const { agentCapabilities: can = {}, agentInfo, authMethods = [] } = raw;
  const session = can.sessionCapabilities ?? {};
  const has = (name: string): boolean =>
    session[name] !== undefined && session[name] !== null && session[name] !== false;
  const loads = can.loadSession === true;
  const resumes = has('resume');
  return {
    ...(agentInfo?.version && { version: agentInfo.version.slice(0, 60) }),
    ...((agentInfo?.title || agentInfo?.name) && { title: (agentInfo.title || agentInfo.name) as string }),
    abilities: {
      ...{ reopens: loads || resumes, forks: has('fork') },
      cursors: has('fork'),
      forksAtMessages: has('fork') && (can._meta?.jetbrains?.air?.fork != null || isKnownToFork(agentInfo)),
    },
    ...{ loads, resumes, closes: has('close'), lists: has('list') },
    images: can.promptCapabilities?.image === true,
    audio: can.promptCapabilities?.audio === true,
    embeds: can.promptCapabilities?.embeddedContext === true,
    signIns: authMethods.flatMap((method) => signInOf(method, command)),
  };
}

/** They read it and do not say so; claude-agent-acp forked dead sessions before 0.100. */
const FORK_UNSAID: Readonly<Record<string, readonly number[]>> = {
  'claude-agent-acp': [0, 100],
  'codex-acp': [2, 6],
};

function isKnownToFork(info: RawFacts['agentInfo']): boolean {
  const name = info?.name?.split('/').at(-1) ?? '';
  const least = Object.hasOwn(FORK_UNSAID, name) ? FORK_UNSAID[name] : undefined;
  const version = info?.version?.split('.').map(Number);
  if (!least || !version) return false;
  const [major = 0, minor = 0] = version;
  const [leastMajor = 0, leastMinor = 0] = least;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function signInOf(method: Readonly<Record<string, unknown>>, command: string): readonly SignIn[] {
  const { id, name, description, type, args } = method;
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  const told = Array.isArray(args) ? args.map(String).join(' ') : '';
  return [
    {
      ...{ id, name },
      ...(typeof description === 'string' && { detail: description }),
      ...(type === 'terminal' && { command: `${command} ${told}`.trim() }),
    },
  ];
}
