/** Which agents there are and which of them run: started when they are first asked something, ended with Bough. */
import { Refusal } from '../../protocol/index.ts';
import { CounterpartFailure } from '../counterparts/port.ts';
import { type AgentSpec, readAgents } from './agent-file.ts';
import { agentsOnPath } from './known-agents.ts';
import { inTime } from './link.ts';
import { type AgentFacts, RunningAgent } from './running-agent.ts';

export interface AgentProcessesOptions {
  /** Path of agents.json. */
  readonly path: string;
  /** What agents get a part of, and where commands are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of Bough. */
  readonly version: string;
  readonly trouble: (error: unknown) => void;
}

/** How long commands and "Test" wait for an agent to come up, in ms; a reply waits for as long as its process lives. */
export const PATIENCE = 60_000;
/** What PATH holds is looked at again after this long, in ms. */
const FRESH = 30_000;

export class AgentProcesses {
  readonly #options: AgentProcessesOptions;
  /** By name: as they are configured now. */
  readonly #running = new Map<string, RunningAgent>();
  readonly #facts = new Map<string, AgentFacts>();
  /** All whose processes live: those that are tried out, and those that were configured otherwise since, too. */
  readonly #alive = new Set<RunningAgent>();
  #found: { readonly until: number; readonly agents: Promise<readonly AgentSpec[]> } | undefined;
  #isClosed = false;

  constructor(options: AgentProcessesOptions) {
    this.#options = options;
  }

  /** Undefined: it does not run. */
  running(name: string): RunningAgent | undefined {
    return this.#running.get(name);
  }

  /** What it said of itself when it ran last; undefined: it never did. */
  facts(name: string): AgentFacts | undefined {
    return this.#facts.get(name);
  }

  onPath(): Promise<readonly AgentSpec[]> {
    if (!this.#found || Date.now() >= this.#found.until) {
      const agents = agentsOnPath(this.#options.env.PATH ?? '');
      this.#found = { until: Date.now() + FRESH, agents };
    }
    return this.#found.agents;
  }

  /** Never throws: `problem` says why there are none. */
  async configured(): Promise<{ readonly agents: readonly AgentSpec[]; readonly problem?: string }> {
    try {
      return { agents: await readAgents(this.#options.path) };
    } catch (error) {
      this.#options.trouble(error);
      return { agents: [], problem: error instanceof Error ? error.message : String(error) };
    }
  }

  async find(name: string): Promise<AgentSpec | undefined> {
    const { agents } = await this.configured();
    return [...agents, ...(await this.onPath())].find((one) => one.name === name);
  }

  /** One by this name, as it is configured now. @throws {CounterpartFailure} there is none */
  async start(name: string): Promise<RunningAgent> {
    const spec = await this.find(name);
    if (!spec || this.#isClosed)
      throw new CounterpartFailure({
        code: 'unknown-model',
        sentence: `The agent ${name} is not there any more. Choose another one and ask again.`,
      });
    const known = this.#running.get(name);
    if (known && !known.isOver && JSON.stringify(known.spec) === JSON.stringify(spec)) return known;
    const agent = this.tried(spec);
    this.#running.set(name, agent);
    agent.facts.then(
      (told) => this.#facts.set(name, told),
      () => {},
    );
    void agent.link.process.ended.then(() => this.#running.get(name) === agent && this.#running.delete(name));
    return agent;
  }

  /** One for whoever tries it out, and ends it. */
  tried(spec: AgentSpec): RunningAgent {
    const agent = new RunningAgent(spec, this.#options.env, this.#options.version);
    this.#alive.add(agent);
    void agent.link.process.ended.then(() => this.#alive.delete(agent));
    return agent;
  }

  /** For a command: started if need be, and what it said of itself. Throws Refusal. */
  async ready(name: string): Promise<{ readonly agent: RunningAgent; readonly facts: AgentFacts }> {
    const agent = await this.start(name).catch((error: unknown) => {
      throw error instanceof CounterpartFailure
        ? new Refusal(422, 'unknown-model', error.failure.sentence)
        : error;
    });
    const facts = await inTime(agent.link, agent.facts, PATIENCE).catch((error: Error) => {
      throw agentFailed(error, name);
    });
    return { agent, facts };
  }

  /** Ends all of them; nothing is started any more. */
  async shutdown(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#alive].map((agent) => agent.end()));
  }
}

/** It did not come up, or answered a command with an error or not at all: 502, as Bough stands between and is well itself (docs/protocol.md, "Failures"). */
export const agentFailed = (error: unknown, name: string): Refusal =>
  new Refusal(502, 'agent-failed', sentenceOf(error, name));

/** "Goose did not answer within 60 seconds." */
export function sentenceOf(error: unknown, name: string): string {
  const words = error instanceof Error ? error.message : String(error);
  const whole = words.startsWith(name) ? words : `${name} ${words}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
